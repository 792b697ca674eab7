package io.raddle.yarn.client;

import io.raddle.yarn.client.watch.Ending;

/** What the process tells its caller: 0 to 119 belong to the application, the rest of the codes to the client. */
final class ExitCode {
    static final int SUCCESS = 0;
    /** The application failed and named no code of its own. */
    static final int FAILURE = 1;
    /** The command line cannot be understood. */
    static final int USAGE = 2;
    /** Nothing was started or done: bad input, no cluster, refused by the cluster. */
    static final int NOT_SUBMITTED = 120;
    /** Somebody cancelled or killed the application. */
    static final int KILLED = 121;
    /** How the application ended cannot be found out. */
    static final int LOST = 122;
    /** There is no such application any more, or it does not let us follow it: this says nothing of its end. */
    static final int NOT_FOLLOWED = 123;

    /** Systems keep the lowest eight bits of a code. */
    private static final int KEPT = 0xff;

    private ExitCode() {}

    /** What a program named, as its process ends; only a 0 that was meant is a 0. */
    static int named(int code) {
        return code == SUCCESS ? SUCCESS : Math.max(FAILURE, code & KEPT);
    }

    static int of(Ending ending) {
        return switch (ending.state()) {
            case SUCCEEDED -> SUCCESS;
            case FAILED -> Math.max(FAILURE, named(ending.exitCode()));
            case KILLED -> KILLED;
            case LOST -> LOST;
        };
    }
}
