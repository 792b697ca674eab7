import java.io.IOException;

/** Holds what a run answered to what the others did; the first to answer is the measure of those that follow. */
interface Check {
    /**
     * @param output the directory in HDFS that the pass wrote to
     * @param pass the number of the program's pass, the first being 1
     * @throws BenchException when the answer is another
     */
    void check(String engine, Hdfs hdfs, String output, Sample sample, int pass) throws IOException;
}
