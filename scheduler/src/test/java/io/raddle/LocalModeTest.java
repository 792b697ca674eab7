package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LocalModeTest {
    @Test
    void runsFunctionsOverEachRecord() {
        try (Session session = Session.builder().master("local[2]").build()) {
            assertThat(session.parallelize(List.of(1, 2, 3, 4, 5), 3)
                            .map(each -> each * 10)
                            .filter(each -> each != 30)
                            .collect())
                    .containsExactly(10, 20, 40, 50);
        }
    }
}
