import java.io.IOException;
import java.util.List;

/** What is compared: a program that every engine has, and what of it is told. */
interface Work {
    /** As the command line names it. */
    String name();

    String summary();

    /** Made and put into HDFS before the first run. */
    default List<Input> inputs() {
        return List.of();
    }

    List<Measure> measures();

    /** Whether that kind of engine has anything to compare here. */
    default boolean concerns(Engine.Kind kind) {
        return kind == Engine.Kind.CLUSTER;
    }

    Sample run(Engine engine, Runner runner) throws IOException, InterruptedException;
}
