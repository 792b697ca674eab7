package io.raddle.closure;

/** A value inside a function that cannot travel, the way to it from the function, and what serialization says of it. */
record Culprit(Object value, String path, Exception failure) {
    /** Whether it is the very object that was to be frozen. */
    boolean isRoot() {
        return path.equals(CaptureSearch.ITSELF);
    }
}
