package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.memory.ContainerMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An executor that fills all that its JVM may have stays within its container, by the measure that YARN kills by. */
@ExtendWith(RealCluster.class)
@Timeout(300)
@BusyCores
class FullMemoryIT {
    /** What is left for the moment between two looks of the NodeManager. */
    private static final double MOST = 0.97;

    private static final int PAGE_BYTES = 4096;

    private static final String PROGRAM = """
                import com.sun.management.HotSpotDiagnosticMXBean;
                import io.raddle.Session;
                import java.io.FileInputStream;
                import java.io.InputStream;
                import java.lang.invoke.MethodHandles;
                import java.lang.management.ManagementFactory;
                import java.lang.management.MemoryUsage;
                import java.lang.reflect.Method;
                import java.nio.ByteBuffer;
                import java.nio.file.Files;
                import java.nio.file.Path;
                import java.nio.file.StandardCopyOption;
                import java.util.ArrayList;
                import java.util.List;

                public class Fills {
                    static final long ROOM_BYTES = 2 << 20;
                    static final List<Object> KEPT = new ArrayList<>(1 << 20);

                    interface Part {
                        Object take() throws Throwable;
                    }

                    /** Takes parts until there are no more, and says how many there were. */
                    static int fill(Part part) throws Throwable {
                        int taken = 0;
                        try {
                            while (true) {
                                KEPT.add(part.take());
                                taken++;
                            }
                        } catch (OutOfMemoryError full) {
                            return taken;
                        }
                    }

                    static Object direct() {
                        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
                        for (int at = 0; at < buffer.capacity(); at += 512) {
                            buffer.put(at, (byte) 1);
                        }
                        return buffer;
                    }

                    /** The buffers of the network are the engine's, which a program does not see by itself. */
                    static Part network() throws Exception {
                        ClassLoader engine = Session.class.getClassLoader();
                        Object pool = engine.loadClass("io.netty.buffer.PooledByteBufAllocator")
                                .getField("DEFAULT")
                                .get(null);
                        Method take = engine.loadClass("io.netty.buffer.ByteBufAllocator").getMethod("directBuffer", int.class);
                        Method zero = engine.loadClass("io.netty.buffer.ByteBuf").getMethod("setZero", int.class, int.class);
                        return () -> {
                            try {
                                Object buffer = take.invoke(pool, 1 << 20);
                                zero.invoke(buffer, 0, 1 << 20);
                                return buffer;
                            } catch (java.lang.reflect.InvocationTargetException e) {
                                throw e.getCause();
                            }
                        };
                    }

                    static class Copied {
                        static String a = "some", b = "more";
                        long one(long x) { return x * 31 + a.length(); }
                        String two(String y) { return y + b + one(y.length()); }
                    }

                    static Part classes() throws Exception {
                        byte[] copied;
                        try (InputStream in = Fills.class.getResourceAsStream("Fills$Copied.class")) {
                            copied = in.readAllBytes();
                        }
                        MethodHandles.Lookup lookup = MethodHandles.lookup();
                        return () -> lookup.defineHiddenClass(copied, true, MethodHandles.Lookup.ClassOption.STRONG)
                                .lookupClass();
                    }

                    static MemoryUsage metaspace() {
                        return ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getName().equals("Metaspace"))
                                .findFirst()
                                .orElseThrow()
                                .getUsage();
                    }

                    static long limit(String option) {
                        return Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                                .getVMOption(option)
                                .getValue());
                    }

                    static MemoryUsage heap() {
                        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                    }

                    static int fillAll(String directory) throws Throwable {
                        Part oneOfTheNetwork = network();
                        int network = (int) (limit("MaxDirectMemorySize") >> 21);
                        for (int taken = 0; taken < network; taken++) {
                            KEPT.add(oneOfTheNetwork.take());
                        }
                        int direct = fill(Fills::direct);
                        KEPT.remove(KEPT.size() - 1);
                        // The engine goes on beside this and needs some room; without it, it would end this process.
                        Part oneClass = classes();
                        while (metaspace().getMax() - metaspace().getCommitted() > ROOM_BYTES) {
                            KEPT.add(oneClass.take());
                        }
                        while (heap().getMax() - heap().getUsed() > heap().getMax() / 8) {
                            KEPT.add(new byte[64 << 10]);
                        }
                        Files.writeString(
                                Path.of(directory, "written"),
                                ProcessHandle.current().pid() + " " + (limit("MaxHeapSize") >> 20) + " " + direct + " " + network + " "
                                        + (metaspace().getCommitted() >> 20));
                        Files.move(Path.of(directory, "written"), Path.of(directory, "full"), StandardCopyOption.ATOMIC_MOVE);
                        try (InputStream gate = new FileInputStream(directory + "/go")) {
                            gate.read();
                        }
                        KEPT.clear();
                        return 1;
                    }

                    public static void main(String[] words) throws Exception {
                        try (Session session = Session.builder().build()) {
                            System.out.println(session.parallelize(List.of(1), 1).map(each -> {
                                try {
                                    return fillAll(words[0]);
                                } catch (Exception | Error e) {
                                    throw e;
                                } catch (Throwable e) {
                                    throw new IllegalStateException(e);
                                }
                            }).first());
                        }
                    }
                }
                """;

    @TempDir
    Path directory;

    /** What the task filled, in MiB: heap, the JDK's direct buffers, the network's, metaspace. */
    private record Filled(long pid, int heap, int direct, int network, int metaspace) {
        static Filled of(String line) {
            String[] words = line.strip().split(" ");
            return new Filled(
                    Long.parseLong(words[0]),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]));
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 1, 170, 32, 60", "1024, 1, 590, 70, 98", "2048, 2, 1300, 140, 195"})
    void heapDirectAndMetaspaceFullAtOnceLeaveThreePercent(
            int mebibytes, int cores, int heap, int direct, int metaspace, RealCluster.Address cluster)
            throws Exception {
        Gate gate = Gate.shut(directory.resolve("go"));
        SubmitProcess.Running running = submit(cluster, mebibytes, cores);
        Path said = directory.resolve("full");
        running.await(() -> Files.exists(said));
        assertThat(said).as(running.err()).exists();
        Filled filled = Filled.of(Files.readString(said));

        double share = (double) residentBytes(filled.pid()) / ((long) mebibytes << 20);
        gate.open();

        assertThat(running.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        gate.close();
        System.out.printf("%d MiB: %s, resident %.1f %%%n", mebibytes, filled, 100 * share);
        assertThat(filled.heap()).isGreaterThanOrEqualTo(heap);
        assertThat(filled.direct() + filled.network()).isGreaterThanOrEqualTo(direct);
        assertThat(filled.metaspace()).isGreaterThanOrEqualTo(metaspace);
        assertThat(share).as("of the container, with " + filled).isLessThanOrEqualTo(MOST);
        assertThat(running.process().exitValue()).as(running.err()).isZero();
        assertThat(running.out()).isEqualTo("1\n");
    }

    /** What the NodeManager adds up: the JVM and the shells above it that are the container's. */
    private static long residentBytes(long pid) throws IOException {
        long bytes = 0;
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        while (process.isPresent() && commandLine(process.get().pid()).contains("container_")) {
            String[] pages = Files.readString(
                            Path.of("/proc", Long.toString(process.get().pid()), "statm"))
                    .split(" ");
            bytes += Long.parseLong(pages[1]) * PAGE_BYTES;
            process = process.get().parent();
        }
        return bytes;
    }

    private static String commandLine(long pid) throws IOException {
        return new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline")), StandardCharsets.UTF_8);
    }

    private SubmitProcess.Running submit(RealCluster.Address cluster, int mebibytes, int cores) throws IOException {
        Path program = Files.writeString(directory.resolve("Fills.java"), PROGRAM);
        // The whole heap from the start: a collector takes the last parts of it when it likes.
        long heap = ContainerMemory.of((long) mebibytes << 20).heapBytes();
        return new SubmitProcess(directory)
                .on(cluster)
                .as("fills")
                .start(
                        "--driver-memory",
                        mebibytes + "m",
                        "--executor-memory",
                        mebibytes + "m",
                        "--executor-cores",
                        Integer.toString(cores),
                        "--num-executors",
                        "1",
                        "--conf",
                        "raddle.task.max.attempts=1",
                        "--conf",
                        "raddle.java.options=-XX:+AlwaysPreTouch -XX:InitialHeapSize=" + heap,
                        program.toString(),
                        directory.toString());
    }
}
