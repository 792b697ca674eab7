package io.raddle.yarn.launch;

import io.raddle.proto.Resource;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.LocalResourceType;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.apache.hadoop.yarn.api.records.URL;

/** Staged files in YARN's words. */
final class LocalResources {
    private LocalResources() {}

    /** By link name, in order; the client has refused two with one link. */
    static Map<String, LocalResource> of(List<Resource> resources) {
        Map<String, LocalResource> byLink = new LinkedHashMap<>();
        for (Resource resource : resources) {
            if (byLink.put(resource.getLink(), of(resource)) != null) {
                throw new IllegalArgumentException("two resources are called " + resource.getLink());
            }
        }
        return byLink;
    }

    private static LocalResource of(Resource resource) {
        return LocalResource.newInstance(
                URL.fromURI(URI.create(resource.getUri())),
                resource.getType() == Resource.Type.ARCHIVE ? LocalResourceType.ARCHIVE : LocalResourceType.FILE,
                resource.getPublicVisibility() ? LocalResourceVisibility.PUBLIC : LocalResourceVisibility.PRIVATE,
                resource.getSizeBytes(),
                resource.getModifiedMillis());
    }
}
