package io.raddle.yarn.launch;

/** What makes map ids globally unique. */
public final class MapIdPrefix {
    private MapIdPrefix() {}

    /** Cluster timestamp, application and epoch in base 36: no other driver of any cluster has the same. */
    public static String of(long clusterTimestamp, int applicationNumber, int epoch) {
        return Long.toString(clusterTimestamp, Character.MAX_RADIX) + "-"
                + Integer.toString(applicationNumber, Character.MAX_RADIX) + "-"
                + Integer.toString(epoch, Character.MAX_RADIX);
    }
}
