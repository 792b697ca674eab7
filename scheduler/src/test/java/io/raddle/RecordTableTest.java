package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.function.Pair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordTableTest {
    private record City(String name, int people, double[] place) {}

    @Test
    void componentsOfRecordsAreColumnsAndNumbersStandOnTheRight() {
        List<City> cities = List.of(
                new City("Rome", 2_800_000, new double[] {41.9, 12.5}), new City("Ulm", 126_000, new double[0]));

        assertThat(RecordTable.of(cities, true)).isEqualTo("""
                name   people  place
                ----  -------  ------------
                Rome  2800000  [41.9, 12.5]
                Ulm    126000  []
                … and more
                """);
    }

    @Test
    void pairsHaveKeyAndValue() {
        assertThat(RecordTable.of(List.of(Pair.of("a", 1), Pair.of("bcd", 22)), false))
                .isEqualTo("""
                key  value
                ---  -----
                a        1
                bcd     22
                """);
    }

    @Test
    void allElseIsOneColumnOfShortLines() {
        assertThat(RecordTable.of(Arrays.asList("a\nb", null, "x".repeat(50)), false))
                .isEqualTo("value\n" + "-".repeat(40) + "\na↵b\nnull\n" + "x".repeat(39) + "…\n");
        assertThat(RecordTable.of(List.of(), false)).isEqualTo("value\n-----\n");
    }
}
