package io.raddle.yarn.client.stage;

import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The cluster's file system and the places in it that are ours. Safe for any thread. */
public final class ClusterFiles {
    private final FileSystem files;
    private final Path own;
    private final Path staging;
    private final String user;

    private ClusterFiles(FileSystem files, Path own, String user) {
        this.files = files;
        this.own = own;
        this.staging = new Path(own, "staging");
        this.user = user;
    }

    public static ClusterFiles open(Configuration configuration) throws IOException {
        FileSystem files = FileSystem.get(configuration);
        Path home = files.getHomeDirectory();
        return new ClusterFiles(
                files,
                new Path(home, ".raddle"),
                UserGroupInformation.getCurrentUser().getShortUserName());
    }

    /** What went wrong, in a sentence that names the file system. */
    public static RaddleException explain(Configuration configuration, Exception e) {
        String address = FileSystem.getDefaultUri(configuration).toString();
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String reason = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        return e instanceof AccessControlException
                ? new RaddleException(
                        new Cause.ClusterRefused(
                                "The file system " + address + " refused: " + reason + ".",
                                "Ask for a home directory there, or submit as another user."),
                        e)
                : new RaddleException(
                        new Cause.ClusterRefused(
                                "The file system " + address + " cannot be used: " + reason + ".",
                                "Check that its NameNode runs and that core-site.xml in HADOOP_CONF_DIR names its address."),
                        e);
    }

    public String user() {
        return user;
    }

    public ClusterCache cache(io.raddle.config.Configuration configuration, Uploads uploads) {
        String directory = configuration.get(Keys.CACHE_DIR);
        String trusted = configuration.get(Keys.CACHE_TRUSTED_OWNER);
        return new ClusterCache(
                files,
                directory.isEmpty() ? new Path(own, "cache") : new Path(directory),
                own,
                user,
                trusted.isEmpty() ? Set.of() : Set.of(trusted),
                uploads);
    }

    /** The directory of an application to be; it is there once it was made. */
    public StagingDirectory staging(String application, Uploads uploads) {
        return new StagingDirectory(files, path(application), uploads);
    }

    /** The secret of the Control service of a user's application; empty when it is not there or not for us. */
    public Optional<byte[]> controlSecret(String owner, String application) throws IOException {
        Path ofOwner = new Path(own.getParent().getParent(), owner + "/.raddle/staging/" + application);
        try (var in = files.open(new Path(ofOwner, StagingDirectory.CONTROL))) {
            return Optional.of(in.readAllBytes());
        } catch (FileNotFoundException | AccessControlException e) {
            return Optional.empty();
        }
    }

    /** Removes the directory of an application that has ended. */
    public void removeStaging(String application) throws IOException {
        files.delete(path(application), true);
    }

    /** Removes what ended applications left; see {@link StagingSweep}. */
    public List<String> sweep(Predicate<String> ended) throws IOException {
        return StagingSweep.run(files, staging, ended);
    }

    /** Delegation tokens for the processes on the cluster; none where security is off. */
    public Credentials tokens(Configuration configuration) throws IOException {
        Credentials credentials = new Credentials();
        if (UserGroupInformation.isSecurityEnabled()) {
            String renewer = configuration.get(YarnConfiguration.RM_PRINCIPAL, "yarn");
            files.addDelegationTokens(renewer, credentials);
        }
        return credentials;
    }

    private Path path(String application) {
        return new Path(staging, application);
    }
}
