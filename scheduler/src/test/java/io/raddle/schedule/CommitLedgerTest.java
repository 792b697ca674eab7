package io.raddle.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitLedgerTest {
    private static final long PATIENCE = 100;

    private final CommitLedger ledger = new CommitLedger();
    private final Stage stage = Parts.stage(Bench.result(1, 3));
    private final Executor place = Parts.attached(1, "rack0", 3);
    private final Attempt first = Parts.begin(stage, 0, place, 0);
    private final Attempt second = Parts.begin(stage, 1, place, 0);

    @Test
    void anAttemptHoldsItsGrantUntilItIsSettled() {
        assertThat(ledger.holds(first)).isFalse();

        ledger.grant(first);
        assertThat(ledger.holds(first)).isTrue();
        assertThat(ledger.holds(second)).isFalse();

        ledger.settle(first);
        assertThat(ledger.holds(first)).isFalse();
    }

    @Test
    void aHolderThatIsHeardOfIsNeverOverdue() {
        ledger.grant(first);

        assertThat(ledger.silentFor(PATIENCE, Long.MAX_VALUE)).isEmpty();
        assertThat(ledger.anySilent()).isFalse();
    }

    @Test
    void aSilentHolderIsOverdueOnlyAfterTheWholePatience() {
        ledger.grant(first);
        ledger.grant(second);
        ledger.silent(first, 1000);

        assertThat(ledger.anySilent()).isTrue();
        assertThat(ledger.silentFor(PATIENCE, 1000 + PATIENCE)).isEmpty();
        assertThat(ledger.silentFor(PATIENCE, 1001 + PATIENCE)).containsExactly(first);
    }

    @Test
    void silenceThatEndsIsForgottenAndCountsAnewNextTime() {
        ledger.grant(first);
        ledger.silent(first, 1000);
        ledger.heard(first);
        assertThat(ledger.anySilent()).isFalse();

        ledger.silent(first, 5000);

        assertThat(ledger.silentFor(PATIENCE, 5000 + PATIENCE)).isEmpty();
        assertThat(ledger.silentFor(PATIENCE, 5001 + PATIENCE)).containsExactly(first);
    }

    @Test
    void silenceOfWhoHoldsNothingIsNothing() {
        ledger.silent(first, 1000);
        ledger.heard(second);

        assertThat(ledger.holds(first)).isFalse();
        assertThat(ledger.holds(second)).isFalse();
        assertThat(ledger.silentFor(PATIENCE, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void namesOverdueHoldersInTheOrderOfTheirGrants() {
        ledger.grant(second);
        ledger.grant(first);
        ledger.silent(first, 10);
        ledger.silent(second, 20);

        assertThat(ledger.silentFor(PATIENCE, 1000)).containsExactly(second, first);
    }
}
