package io.raddle.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.AMRMClient;
import org.apache.hadoop.yarn.client.api.AMRMClient.ContainerRequest;
import org.apache.hadoop.yarn.client.api.NMClient;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.client.api.YarnClientApplication;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.util.Records;

/**
 * Uses a running cluster as a stranger would: files of two users, then an application that is its own (unmanaged)
 * master and runs containers. Ends with a container still running, for {@code stop} to end.
 */
final class SelfTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String SHUFFLE = "mapreduce_shuffle";

    private final Configuration conf;

    private SelfTest(Configuration conf) {
        this.conf = conf;
    }

    public static void main(String[] arguments) throws Exception {
        Configuration conf = new YarnConfiguration();
        conf.addResource("hdfs-site.xml");
        SelfTest test = new SelfTest(conf);
        test.showsThePagesOfEachDaemon(List.of(arguments));
        UserGroupInformation alice = UserGroupInformation.createRemoteUser("alice");
        alice.doAs((PrivilegedExceptionAction<Void>) () -> {
            test.keepsFilesOfTheirUser();
            test.runsContainers(alice);
            return null;
        });
        UserGroupInformation.createRemoteUser("bob").doAs((PrivilegedExceptionAction<Void>) () -> {
            test.keepsOthersOut();
            return null;
        });
        System.exit(0);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Each by an address and a text that no other daemon's page has. */
    private void showsThePagesOfEachDaemon(List<String> nodeManagers) throws IOException {
        String resourceManager = conf.get("yarn.resourcemanager.webapp.address");
        shows(resourceManager + "/cluster", "About the Cluster");
        shows(resourceManager + "/cluster/nodes", "Nodes of the cluster");
        shows(conf.get("dfs.namenode.http-address") + "/dfshealth.html", "Namenode information");
        for (String nodeManager : nodeManagers) {
            shows(nodeManager + "/node", "NodeManager information");
        }
    }

    private static void shows(String page, String text) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + page).toURL().openConnection(Proxy.NO_PROXY);
        int code = connection.getResponseCode();
        check(code == HttpURLConnection.HTTP_OK, page + " answers " + code);
        try (InputStream body = connection.getInputStream()) {
            String content = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            check(content.contains(text), page + " shows no " + text);
        }
    }

    private void keepsFilesOfTheirUser() throws IOException {
        Path file = new Path("/user/alice/hello");
        byte[] content = "hello".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        try (FileSystem hdfs = FileSystem.newInstance(conf)) {
            // Made by itself: as an unnamed parent of the file it would inherit that all may write.
            hdfs.mkdirs(file.getParent());
            try (OutputStream out = hdfs.create(file, true)) {
                out.write(content);
            }
            FileStatus status = hdfs.getFileStatus(file);
            check(status.getOwner().equals("alice"), "the file belongs to " + status.getOwner());
            String host = hdfs.getFileBlockLocations(status, 0, 1)[0].getHosts()[0];
            check(host.equals("localhost"), "the block lies on " + host);
            try (FSDataInputStream in = hdfs.open(file)) {
                check(Arrays.equals(in.readAllBytes(), content), "the file reads differently");
            }
        }
    }

    private void keepsOthersOut() throws IOException {
        try (FileSystem hdfs = FileSystem.newInstance(conf)) {
            hdfs.delete(new Path("/user/alice/hello"), false);
            check(false, "bob deleted a file of alice");
        } catch (AccessControlException e) {
            check(e.getMessage().contains("bob"), "refused, but not as bob: " + e.getMessage());
        }
    }

    private void runsContainers(UserGroupInformation user) throws Exception {
        try (YarnClient client = YarnClient.createYarnClient()) {
            client.init(conf);
            client.start();
            ApplicationId application = submitUnmanaged(client);
            user.addToken(client.getAMRMToken(application));
            try (AMRMClient<ContainerRequest> master = AMRMClient.createAMRMClient();
                    NMClient nodes = NMClient.createNMClient()) {
                nodes.cleanupRunningContainersOnStop(false);
                master.init(conf);
                master.start();
                nodes.init(conf);
                nodes.start();
                master.registerApplicationMaster("localhost", 0, "");
                int good = exitStatus(master, nodes, "test -d \"$LOCAL_DIRS\" -a -x \"$JAVA_HOME/bin/java\" && exit 7");
                check(good == 7, "a container that exits with 7 ended with " + good);
                int greedy = exitStatus(master, nodes, "{ head -c 400m /dev/zero; sleep 30; } | tail > /dev/null");
                check(
                        greedy == ContainerExitStatus.KILLED_EXCEEDED_PMEM,
                        "a container beyond its memory ended with " + greedy);
                launch(master, nodes, "sleep 1000");
            }
        }
    }

    private static ApplicationId submitUnmanaged(YarnClient client) throws Exception {
        YarnClientApplication application = client.createApplication();
        ApplicationSubmissionContext context = application.getApplicationSubmissionContext();
        context.setApplicationName("local-cluster self-test");
        context.setUnmanagedAM(true);
        context.setAMContainerSpec(Records.newRecord(ContainerLaunchContext.class));
        context.setResource(Resource.newInstance(128, 1));
        ApplicationId id = client.submitApplication(context);
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (client.getApplicationReport(id).getYarnApplicationState() != YarnApplicationState.ACCEPTED
                || client.getAMRMToken(id) == null) {
            check(Instant.now().isBefore(deadline), "the application is not accepted");
            Thread.sleep(50);
        }
        return id;
    }

    private static int exitStatus(AMRMClient<ContainerRequest> master, NMClient nodes, String command)
            throws Exception {
        Container container = launch(master, nodes, command);
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (Instant.now().isBefore(deadline)) {
            for (ContainerStatus status : master.allocate(0.5f).getCompletedContainersStatuses()) {
                if (status.getContainerId().equals(container.getId())) {
                    return status.getExitStatus();
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the container did not end: " + command);
    }

    private static Container launch(AMRMClient<ContainerRequest> master, NMClient nodes, String command)
            throws Exception {
        ContainerRequest request =
                new ContainerRequest(Resource.newInstance(256, 1), null, null, Priority.newInstance(1));
        master.addContainerRequest(request);
        Container container = allocate(master);
        master.removeContainerRequest(request);
        Map<String, ByteBuffer> serviceData = new HashMap<>();
        ContainerLaunchContext context =
                ContainerLaunchContext.newInstance(Map.of(), Map.of(), List.of(command), serviceData, null, Map.of());
        Map<String, ByteBuffer> services = nodes.startContainer(container, context);
        check(services.containsKey(SHUFFLE), "the node offers no " + SHUFFLE);
        check(services.get(SHUFFLE).duplicate().getInt() > 0, SHUFFLE + " announces no port");
        return container;
    }

    private static Container allocate(AMRMClient<ContainerRequest> master) throws Exception {
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (Instant.now().isBefore(deadline)) {
            AllocateResponse response = master.allocate(0.5f);
            if (!response.getAllocatedContainers().isEmpty()) {
                return response.getAllocatedContainers().get(0);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no container was allocated");
    }
}
