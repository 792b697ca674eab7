package io.raddle.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SerializableComparatorTest {
    private static final List<Word> WORDS = words();

    private record Word(String text, int count) {}

    private static List<Word> words() {
        Random random = new Random(11);
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            words.add(new Word(Integer.toString(random.nextInt(40), 36), random.nextInt(5)));
        }
        return words;
    }

    @Test
    void ordersAsTheComparatorsOfTheJdkDo() throws Exception {
        ordersAlike(SerializableComparator.comparing(Word::text), Comparator.comparing(Word::text));
        ordersAlike(
                SerializableComparator.comparing(Word::count, SerializableComparator.reverseOrder()),
                Comparator.comparing(Word::count, Comparator.reverseOrder()));
        ordersAlike(
                SerializableComparator.comparing(Word::count).reversed().thenComparing(Word::text),
                Comparator.comparing(Word::count).reversed().thenComparing(Word::text));
        ordersAlike(
                SerializableComparator.comparing(Word::count)
                        .thenComparing(Word::text, SerializableComparator.reverseOrder()),
                Comparator.comparing(Word::count).thenComparing(Word::text, Comparator.reverseOrder()));
        ordersAlike(
                SerializableComparator.comparing(Word::count)
                        .thenComparing((left, right) -> right.text().compareTo(left.text()))
                        .reversed(),
                Comparator.comparing(Word::count)
                        .thenComparing((left, right) -> right.text().compareTo(left.text()))
                        .reversed());
    }

    private static void ordersAlike(SerializableComparator<Word> ours, Comparator<Word> expected) throws Exception {
        assertThat(WORDS.stream().sorted(travelled(ours)))
                .containsExactlyElementsOf(WORDS.stream().sorted(expected).toList());
    }

    @Test
    void putsNullsWhereItIsTold() {
        SerializableComparator<String> natural = SerializableComparator.naturalOrder();

        assertThat(sorted(SerializableComparator.nullsFirst(natural))).containsExactly(null, null, "a", "b");
        assertThat(sorted(SerializableComparator.nullsLast(natural))).containsExactly("a", "b", null, null);
        assertThat(sorted(SerializableComparator.nullsLast(natural).reversed())).containsExactly(null, null, "b", "a");
    }

    private static List<@Nullable String> sorted(SerializableComparator<String> order) {
        List<@Nullable String> values = new ArrayList<>(Arrays.asList("b", null, "a", null));
        values.sort(order);
        return values;
    }

    @Test
    void knowsAnOrderAgainThatWasMadeTwice() throws Exception {
        assertThat(travelled(SerializableComparator.<String>naturalOrder().reversed()))
                .isEqualTo(SerializableComparator.<String>reverseOrder());
        SerializableComparator<Word> byText = SerializableComparator.comparing(Word::text);
        assertThat(byText.reversed()).isEqualTo(byText.reversed()).isNotEqualTo(byText);
        assertThat(byText.reversed().reversed()).isEqualTo(byText);
    }

    @SuppressWarnings("unchecked") // what was written
    private static <T> SerializableComparator<T> travelled(SerializableComparator<T> order) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(order);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SerializableComparator<T>) in.readObject();
        }
    }
}
