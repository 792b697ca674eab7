package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver on a network of its own, under an address that nobody on the cluster was told: its calls to the cluster are
 * all there is. Only root can make such a network.
 */
@Timeout(300)
class OneWayNetworkIT {
    private static final String NETWORK = "raddle-" + ProcessHandle.current().pid();
    private static final String HERE = "rdl" + ProcessHandle.current().pid() % 1_000_000 + "h";
    private static final String THERE = "rdl" + ProcessHandle.current().pid() % 1_000_000 + "c";
    private static final Path NAMES = Path.of("/etc/netns", NETWORK);

    @TempDir
    Path directory;

    @BeforeEach
    void makeNetwork() throws Exception {
        assumeTrue(Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "only root can make networks");
        run("ip", "netns", "add", NETWORK);
        run("ip", "link", "add", HERE, "type", "veth", "peer", "name", THERE, "netns", NETWORK);
        run("ip", "addr", "add", "10.77.5.1/24", "dev", HERE);
        run("ip", "link", "set", HERE, "up");
        run("ip", "-n", NETWORK, "addr", "add", "10.77.5.2/24", "dev", THERE);
        run("ip", "-n", NETWORK, "link", "set", THERE, "up");
        // The daemons are known as localhost, which is elsewhere from there.
        Files.createDirectories(NAMES);
        Files.writeString(NAMES.resolve("hosts"), "10.77.5.1 localhost\n");
    }

    @AfterEach
    void removeNetwork() throws Exception {
        if (Files.exists(NAMES)) {
            run("ip", "netns", "del", NETWORK);
            Files.delete(NAMES.resolve("hosts"));
            Files.delete(NAMES);
        }
    }

    @Test
    void drivesAClusterThatCannotCallTheDriver() throws Exception {
        try (RealCluster.Daemons cluster = RealCluster.Daemons.start(
                "one-way-cluster",
                "--conf",
                "yarn.resourcemanager.bind-host=0.0.0.0",
                "--conf",
                "dfs.namenode.rpc-bind-host=0.0.0.0",
                "--conf",
                "dfs.datanode.address=0.0.0.0:0",
                "--conf",
                "dfs.client.use.datanode.hostname=true")) {
            String command = "ip netns exec " + NETWORK + " "
                    + RealCluster.project().resolve("scripts/yarn-submit")
                    + " --deploy-mode client --executor-memory 512m " + ClientProgram.write(directory) + " end";

            SubmitProcess.Result result =
                    new SubmitProcess(directory).on(cluster.address()).shell(directory, command);

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).endsWith(ClientProgram.RESULTS);
            assertThat(tcp("ActiveOpens")).isPositive();
            assertThat(tcp("PassiveOpens")).isZero();
        }
    }

    /** One of the kernel's counters of the driver's network. */
    private static long tcp(String counter) throws Exception {
        List<String> lines = run("ip", "netns", "exec", NETWORK, "cat", "/proc/net/snmp").stream()
                .filter(line -> line.startsWith("Tcp:"))
                .toList();
        int column = Arrays.asList(lines.get(0).split(" ")).indexOf(counter);
        return Long.parseLong(lines.get(1).split(" ")[column]);
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + ": " + said)
                .isZero();
        return said.lines().toList();
    }
}
