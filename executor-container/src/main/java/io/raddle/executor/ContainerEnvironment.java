package io.raddle.executor;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** What a NodeManager tells the process of a container through its environment. */
record ContainerEnvironment(Map<String, String> variables) {
    private static final String SHUFFLE_SERVICE = "NM_AUX_SERVICE_mapreduce_shuffle";

    /** The id of this container. */
    String container() {
        return required("CONTAINER_ID");
    }

    /** The host name that the NodeManager advertises. */
    String host() {
        return required("NM_HOST");
    }

    /** The application's directories, one per disk. */
    List<Path> localDirectories() {
        return Arrays.stream(required("LOCAL_DIRS").split(","))
                .filter(each -> !each.isBlank())
                .map(Path::of)
                .toList();
    }

    /** The file with tokens and secrets. */
    Path tokenFile() {
        return Path.of(required("HADOOP_TOKEN_FILE_LOCATION"));
    }

    /** Port of the node's own shuffle service, 0 when it has none. */
    int shuffleServicePort() {
        String data = variables.getOrDefault(SHUFFLE_SERVICE, "");
        if (data.isEmpty()) {
            return 0;
        }
        byte[] bytes = Base64.getDecoder().decode(data);
        // The value is the whole array behind a buffer; only its first four bytes are the port.
        return bytes.length < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
    }

    /** The application as shuffle services name it: {@code job_<cluster time>_<number>}. */
    String job() {
        // container_[e<epoch>_]<cluster time>_<application>_<attempt>_<container>
        String[] parts = container().split("_", -1);
        if (parts.length < 5) {
            throw new IllegalArgumentException("CONTAINER_ID=" + container() + " is not a container id.");
        }
        return "job_" + parts[parts.length - 4] + "_" + parts[parts.length - 3];
    }

    /** Hadoop's configuration on this node, for what must work while the driver is away. */
    Configuration hadoopConfiguration() {
        Configuration configuration = new Configuration();
        String directory = variables.getOrDefault("HADOOP_CONF_DIR", "");
        if (!directory.isEmpty()) {
            for (String site : List.of("core-site.xml", "hdfs-site.xml")) {
                Path file = Path.of(directory, site);
                if (Files.isReadable(file)) {
                    configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
                }
            }
        }
        return configuration;
    }

    private String required(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The environment lacks " + name + ", which a NodeManager sets.");
        }
        return value;
    }
}
