package io.raddle.yarn.client;

import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.hadoop.ResourceManager;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/** A look at the cluster from outside of what is tested. */
record ClusterState(HadoopConfiguration configuration) {
    static ClusterState of(RealCluster.Address cluster) {
        return new ClusterState(HadoopConfiguration.load(
                Map.of("HADOOP_CONF_DIR", cluster.confDirectory().toString()), Map.of()));
    }

    FileSystem files() throws IOException {
        return FileSystem.get(configuration.forClient());
    }

    /** Names of the staging directories of a user. */
    List<String> staged(String user) throws IOException {
        return names("/user/" + user + "/.raddle/staging");
    }

    List<String> names(String directory) throws IOException {
        try {
            return Arrays.stream(files().listStatus(new Path(directory)))
                    .map(FileStatus::getPath)
                    .map(Path::getName)
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    ApplicationReport report(String application) {
        try (ResourceManager resourceManager = ResourceManager.connect(configuration.forClient())) {
            return resourceManager.report(ApplicationId.fromString(application));
        }
    }

    /** All applications of a user that the ResourceManager knows. */
    List<ApplicationReport> all(String user) {
        try (ResourceManager resourceManager = ResourceManager.connect(configuration.forClient())) {
            return resourceManager.applications(EnumSet.allOf(YarnApplicationState.class), Optional.of(user));
        }
    }

    /** Applications of a user that have not ended. */
    List<ApplicationReport> alive(String user) {
        try (ResourceManager resourceManager = ResourceManager.connect(configuration.forClient())) {
            return resourceManager.applications(
                    EnumSet.of(YarnApplicationState.ACCEPTED, YarnApplicationState.RUNNING), Optional.of(user));
        }
    }
}
