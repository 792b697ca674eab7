package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.function.Function;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ApplicationTest {
    private final Application application = new Application(getClass().getClassLoader());

    @Test
    void sharesAFunctionThatCapturesNothingAmongTasks() {
        assertThat(isShared(number -> number + 1)).isTrue();
    }

    @Test
    void sharesAFunctionThatCapturesNothingButValuesAndSuchFunctions() {
        int summand = 3;
        String name = "a";
        Function<Integer, Integer> inner = number -> number + summand;

        assertThat(isShared(number -> inner.call(number) + name.length())).isTrue();
    }

    @Test
    void givesEachTaskItsOwnCopyOfWhatCanChange() {
        List<Integer> seen = new ArrayList<>();
        int[] count = {0};
        Object[] anything = {"a"};
        Function<Integer, Integer> inner = number -> count[0] += number;

        assertThat(isShared(number -> seen.add(number) ? 1 : 0)).isFalse();
        assertThat(isShared(number -> ++count[0])).isFalse();
        assertThat(isShared(number -> anything.length)).isFalse();
        assertThat(isShared(number -> inner.call(number) + 1)).isFalse();
    }

    @Test
    void givesEachTaskItsOwnObjectOfAClassWithFields() {
        assertThat(isShared(new Counting())).isFalse();
    }

    private boolean isShared(Function<Integer, Integer> function) {
        ByteString frozen =
                ByteString.copyFrom(ClosureCodec.freeze(function, new CallSite("map", "ApplicationTest.java:1")));
        Object ofOneTask = application.decode(frozen);
        return application.decode(frozen) == ofOneTask;
    }

    private static final class Counting implements Function<Integer, Integer> {
        private static final long serialVersionUID = 1L;
        private int calls;

        @Override
        public Integer call(Integer number) {
            return ++calls;
        }
    }
}
