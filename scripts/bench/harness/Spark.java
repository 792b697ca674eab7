import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Spark as one would tune it for a fair start: its archive already in HDFS, Kryo, quiet logs, no web UI, and containers
 * of the same size as ours (memory and overhead add up to it).
 */
final class Spark implements Engine {
    private static final String ARCHIVE = "/bench/spark-archive.zip";

    private final Path target;
    private final Path conf;

    /** Target is where Maven put the program's jar and Spark's. */
    Spark(Path target, LocalCluster cluster, Path work) throws IOException {
        this.target = target;
        this.conf = work.resolve("spark-conf");
        Files.createDirectories(conf);
        try (Stream<Path> files = Files.list(cluster.conf())) {
            for (Path file : files.toList()) {
                Files.write(conf.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        Files.writeString(conf.resolve("log4j2.properties"), LOG4J);
        Path archive = work.resolve("spark-archive.zip");
        if (!Files.exists(archive)) {
            archive(target.resolve("lib"), archive);
        }
        cluster.hdfs().put(archive, ARCHIVE);
    }

    private static void archive(Path jars, Path archive) throws IOException {
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> all = Files.list(jars)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Path jar : all.sorted().toList()) {
                byte[] content = Files.readAllBytes(jar);
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry entry = new ZipEntry(jar.getFileName().toString());
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
    }

    @Override
    public String name() {
        return "Spark";
    }

    @Override
    public Kind kind() {
        return Kind.CLUSTER;
    }

    @Override
    public ProcessBuilder submit(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                conf + ":" + target.resolve("lib") + "/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master=yarn",
                "--deploy-mode=cluster",
                "--num-executors=2",
                "--executor-cores=1",
                "--executor-memory=1664m",
                "--driver-memory=640m",
                "--class=io.raddle.bench.spark." + program));
        for (String setting : List.of(
                "spark.yarn.archive=hdfs://" + ARCHIVE,
                "spark.executor.memoryOverhead=384m",
                "spark.driver.memoryOverhead=384m",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                "spark.ui.enabled=false",
                "spark.yarn.maxAppAttempts=1",
                "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
                "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1")) {
            command.addAll(List.of("--conf", setting));
        }
        command.add(target.resolve("bench-spark.jar").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HADOOP_CONF_DIR", conf.toString());
        builder.environment().put("SPARK_CONF_DIR", conf.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder;
    }

    private static final String LOG4J = """
        rootLogger.level = warn
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.target = SYSTEM_ERR
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d %p %c{1}: %m%n
        """;
}
