import java.util.List;

/** One of those that are compared. */
interface Engine {
    enum Kind {
        /** An application master and two executors of one core. */
        CLUSTER,
        /** The same with one executor, of which only the warm run counts. */
        ONE_CORE,
        /** A plain Java program without an engine. */
        ONE_THREAD
    }

    String name();

    Kind kind();

    /** The command that runs a program and waits for its end. */
    ProcessBuilder submit(String program, List<String> arguments);
}
