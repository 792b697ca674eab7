package io.raddle.yarn.client;

import io.raddle.yarn.client.watch.Ending;

/** What the process tells its caller: 0 to 119 belong to the application, the rest of the codes to the client. */
final class ExitCode {
    static final int SUCCESS = 0;
    /** The application failed and named no code of its own. */
    static final int FAILURE = 1;
    /** The command line cannot be understood. */
    static final int USAGE = 2;
    /** Nothing was started: bad input, no cluster, refused by the cluster. */
    static final int NOT_SUBMITTED = 120;
    /** Somebody cancelled or killed the application. */
    static final int KILLED = 121;
    /** How the application ended cannot be found out. */
    static final int LOST = 122;

    private ExitCode() {}

    static int of(Ending ending) {
        return switch (ending.state()) {
            case SUCCEEDED -> ending.exitCode();
            case FAILED -> ending.exitCode() == SUCCESS ? FAILURE : ending.exitCode();
            case KILLED -> KILLED;
            case LOST -> LOST;
        };
    }
}
