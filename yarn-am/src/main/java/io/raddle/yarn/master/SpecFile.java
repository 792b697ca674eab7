package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** What the client wrote of the application, and the way to the ResourceManager where that cannot be read. */
final class SpecFile {
    private static final String CONF_DIRECTORY = "HADOOP_CONF_DIR";
    private static final List<String> SITES = List.of("core-site.xml", "yarn-site.xml");

    private SpecFile() {}

    /** Throws a {@link RaddleException} when the file is not there or not what a client writes. */
    static ApplicationSpec read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            ApplicationSpec spec = ApplicationSpec.parseFrom(content);
            if (spec.getStagingDirectory().isEmpty()) {
                throw new IOException("it says nothing");
            }
            return spec;
        } catch (IOException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The application master cannot read what yarn-submit wrote of the application ("
                                    + file.getFileName() + "): " + reason(e) + ".",
                            "Submit again; if it stays so, build yarn-submit and engine anew: both must come from one build."),
                    e);
        }
    }

    private static String reason(IOException failure) {
        String line = failure.toString().lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** The ResourceManager by the node's own configuration, which NodeManagers name to containers by default. */
    static ApplicationMasterProtocol resourceManager(Map<String, String> environment) throws IOException {
        String directory = environment.getOrDefault(CONF_DIRECTORY, "");
        if (directory.isEmpty()) {
            throw new IOException("the node names no " + CONF_DIRECTORY + " to containers");
        }
        YarnConfiguration hadoop = new YarnConfiguration();
        for (String site : SITES) {
            Path file = Path.of(directory, site);
            if (Files.isReadable(file)) {
                hadoop.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            }
        }
        UserGroupInformation.setConfiguration(hadoop);
        return ClientRMProxy.createRMProxy(hadoop, ApplicationMasterProtocol.class);
    }
}
