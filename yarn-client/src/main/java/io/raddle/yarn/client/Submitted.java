package io.raddle.yarn.client;

import io.raddle.wire.Secret;
import io.raddle.yarn.client.hadoop.ResourceManager;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/** An application that the ResourceManager took in, and what is needed to follow it. */
record Submitted(ApplicationId id, Secret control, Secret driver, ResourceManager resourceManager) {}
