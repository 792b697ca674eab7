import java.util.List;

/** One of the two that are compared. */
interface Engine {
    String name();

    /** The command that submits a program in cluster mode, asks for two executors and waits for its end. */
    ProcessBuilder submit(String program, List<String> arguments);
}
