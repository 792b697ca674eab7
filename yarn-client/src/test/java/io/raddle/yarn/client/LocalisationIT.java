package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.yarn.client.stage.ClusterFiles;
import io.raddle.yarn.client.stage.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where nodes keep the engine: among the files of all users when all may reach it in the cluster's file system, else
 * among those of its user. A node fails the container of who claims more.
 */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class LocalisationIT {
    @TempDir
    java.nio.file.Path directory;

    @Test
    void isSharedByTheUsersOfOneCacheThatOnlyItsOwnerWrites(RealCluster.Address cluster) throws Exception {
        String cache = "/user/shares-alice/.raddle/cache";

        List<String> ofAlice = places(run(cluster, "shares-alice"));
        assertThat(ofAlice).hasSize(2).allMatch(LocalisationIT::isPublic);
        assertThatThrownBy(() -> as("shares-bob", cluster, files -> files.create(new Path(cache, "evil")))
                        .close())
                .isInstanceOf(AccessControlException.class);
        Path engine = new Path(cache, ClusterState.of(cluster).names(cache).get(0));
        assertThatThrownBy(() -> as("shares-bob", cluster, files -> files.create(engine, true))
                        .close())
                .isInstanceOf(AccessControlException.class);
        assertThatThrownBy(() -> as("shares-bob", cluster, files -> files.delete(engine, false)))
                .isInstanceOf(AccessControlException.class);

        List<String> ofBob = places(run(
                cluster,
                "shares-bob",
                "--conf",
                "raddle.cache.dir=" + cache,
                "--conf",
                "raddle.cache.trusted.owner=shares-alice"));

        assertThat(ofBob).hasSize(2).allMatch(LocalisationIT::isPublic);
        assertThat(ClusterState.of(cluster).names("/user/shares-bob/.raddle/cache"))
                .isEmpty();
        Leftovers.none(cluster, "shares-alice", directory);
        Leftovers.none(cluster, "shares-bob", directory);
    }

    @Test
    void isOfItsUserAloneWhereADirectoryAboveIsClosed(RealCluster.Address cluster) throws Exception {
        as("closed-alice", cluster, files -> {
            files.mkdirs(new Path("/user/closed-alice"));
            files.setPermission(new Path("/user/closed-alice"), new FsPermission((short) 0700));
            return true;
        });

        List<String> first = places(run(cluster, "closed-alice"));
        List<String> again = places(run(cluster, "closed-alice"));

        assertThat(first).hasSize(2).allMatch(place -> isPrivate(place, "closed-alice"));
        assertThat(again).hasSize(2).allMatch(place -> isPrivate(place, "closed-alice"));
        assertThat(ClusterState.of(cluster)
                        .files()
                        .getFileStatus(new Path("/user/closed-alice"))
                        .getPermission()
                        .toShort())
                .as("nobody opened what its owner had closed")
                .isEqualTo((short) 0700);
        Leftovers.none(cluster, "closed-alice", directory);
    }

    @Test
    void isSharedThoughTheStagingDirectoryOfTheFirstSubmitWasMadeBeforeIt(RealCluster.Address cluster)
            throws Exception {
        as("early-alice", cluster, any -> {
            ClusterFiles files =
                    ClusterFiles.open(ClusterState.of(cluster).configuration().forClient());
            files.staging("application_1_0001", new Uploads()).make();
            files.removeStaging("application_1_0001");
            return true;
        });

        assertThat(places(run(cluster, "early-alice"))).hasSize(2).allMatch(LocalisationIT::isPublic);
        Leftovers.none(cluster, "early-alice", directory);
    }

    /** Says where the engine of its driver and of an executor lies. */
    private SubmitProcess.Result run(RealCluster.Address cluster, String user, String... options)
            throws IOException, InterruptedException {
        java.nio.file.Path source = Files.writeString(directory.resolve("Places.java"), """
                import io.raddle.Session;
                import java.nio.file.Path;
                import java.util.List;

                public class Places {
                    public static void main(String[] words) throws Exception {
                        System.out.println("driver " + Path.of("engine").toRealPath());
                        try (Session session = Session.builder().build()) {
                            session.parallelize(List.of(1), 1)
                                    .map(each -> "executor " + Path.of("engine").toRealPath())
                                    .collect()
                                    .forEach(System.out::println);
                        }
                    }
                }
                """);
        SubmitProcess.Result result = new SubmitProcess(directory)
                .on(cluster)
                .ownCache(user)
                .withoutClassData()
                .run(Small.with(List.of(options), Small.options(source.toString())));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("\tat ");
        return result;
    }

    private static List<String> places(SubmitProcess.Result result) {
        return result.out().lines().toList();
    }

    private static boolean isPublic(String place) {
        return place.contains("/local/filecache/");
    }

    private static boolean isPrivate(String place, String user) {
        return place.contains("/local/usercache/" + user + "/filecache/");
    }

    private interface Deed<T> {
        T of(FileSystem files) throws IOException;
    }

    private static <T> T as(String user, RealCluster.Address cluster, Deed<T> deed) throws Exception {
        return UserGroupInformation.createRemoteUser(user).doAs((PrivilegedExceptionAction<T>) () ->
                deed.of(FileSystem.get(ClusterState.of(cluster).configuration().forClient())));
    }
}
