package io.raddle.endpoint;

import io.raddle.proto.ApplicationStatus;

/** The application as {@code Control} sees it. Safe for all threads and never blocks. */
public interface Supervised {
    /** How it stands; a snapshot. */
    ApplicationStatus status();

    /** Asks that its jobs be cancelled and the application end. */
    void cancel(String by);
}
