package io.raddle.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MutantsTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final int A_FEW_SEEDS = 40;

    @TempDir
    private Path scratch;

    @Test
    void everyFaultOfTheListStillFitsTheCore() throws Exception {
        List<Mutant> mutants = Mutant.read(MODULE.resolve(Mutate.LIST));

        assertThat(mutants).hasSizeGreaterThanOrEqualTo(30);
        for (Mutant mutant : mutants) {
            assertThat(mutant.apply(MODULE.resolve(Mutate.SOURCES)))
                    .as(mutant.what())
                    .isNotEmpty();
        }
    }

    @Test
    void aFewFaultsAreCaught() throws Exception {
        Mutate mutate = new Mutate(MODULE, scratch);
        List<Mutant> mutants = Mutant.read(MODULE.resolve(Mutate.LIST));
        for (int i : List.of(0, 5, 9)) {
            Mutant mutant = mutants.get(i);
            assertThat(mutate.catchIt(mutant, A_FEW_SEEDS)).as(mutant.what()).startsWith("seed ");
        }
    }
}
