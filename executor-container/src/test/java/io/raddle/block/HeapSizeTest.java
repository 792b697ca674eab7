package io.raddle.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.raddle.function.Pair;
import io.raddle.serde.RecordFormat;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Estimates are near what the heap of this JVM really takes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HeapSizeTest {
    private static final int COPIES = 20_000;

    private final HeapSize sizes = new HeapSize(new RecordFormat(HeapSizeTest.class.getClassLoader()));

    private record Point(double x, double y, String name) {}

    @Test
    void estimatesAreNeitherFarTooLowNorFarTooHigh() {
        char[] letters = "a string of some letters".toCharArray();
        near(() -> new double[20]);
        near(() -> new String(letters));
        near(() -> Pair.of(new String(letters), new int[] {1, 2, 3}));
        near(() -> new Point(1, 2, new String(letters)));
        near(() -> new Object[] {new Point(1, 2, new String(letters)), new long[1]});
        near(() -> {
            List<Object> list = new ArrayList<>(4);
            for (int i = 0; i < 4; i++) {
                list.add(new String(letters));
            }
            return list;
        });
    }

    /** Compares with what the JVM says that it allocated. */
    private void near(Supplier<Object> record) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Object> held = new ArrayList<>(COPIES);
        for (int i = 0; i < 2 * COPIES; i++) {
            held.add(record.get());
        }
        held.clear();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < COPIES; i++) {
            held.add(record.get());
        }
        double real = (double) (threads.getCurrentThreadAllocatedBytes() - before) / COPIES;
        long estimate = sizes.of(held.get(COPIES / 2));
        assertThat((double) estimate).as(held.get(0).getClass().getName()).isBetween(real * 0.5, real * 2);
    }

    @Test
    void objectsThatReferToThemselvesAreCountedOnce() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        assertThat(sizes.of(loop)).isLessThan(200);
    }

    @Test
    void mapsCountTheirEntries() {
        assertThat(sizes.of(Map.of("a", 1L, "b", 2L))).isBetween(100L, 500L);
    }
}
