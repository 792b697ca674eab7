/**
 * What the client puts into the cluster's file system: the engine, once per content and for all later applications, and
 * one small private directory per application.
 */
@NullMarked
package io.raddle.yarn.client.stage;

import org.jspecify.annotations.NullMarked;
