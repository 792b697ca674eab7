package io.raddle.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Aggregator;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import java.io.ByteArrayInputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosureCodecTest {
    private static final CallSite SITE = new CallSite("map", "WordCount.java:17");

    @Test
    void refusesNullAtTheCall() {
        RaddleException refusal = catchThrowableOfType(RaddleException.class, () -> ClosureCodec.freeze(null, SITE));

        assertThat(refusal.fault()).isInstanceOf(Cause.InvalidInput.class);
        assertThat(refusal.fault().happened()).contains("null instead of a function", "WordCount.java:17");
    }

    static final class Db {}

    static final class Handle implements NotShippable, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String reason() {
            return "An Rdd cannot be used inside a function.";
        }

        @Override
        public String instead() {
            return "Join the two, or collect it first and use the list.";
        }
    }

    static class Holder implements Serializable {
        private static final long serialVersionUID = 1L;
        int number = 3;
        transient Db transientDb = new Db();
        Object first = "harmless";
        Object second = "harmless";
    }

    static final class Program implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Holder pool = new Holder();

        Function<Integer, Integer> function() {
            return x -> pool.number;
        }
    }

    static final class SelectiveWriter extends Holder {
        private static final long serialVersionUID = 1L;
        private final Object db = new Db();

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(7);
        }
    }

    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Object db = new Db();

        private Object writeReplace() {
            return "replaced";
        }
    }

    static final class Failing implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("the disk is full");
        }
    }

    static class Base {
        final int number;

        Base(int number) {
            this.number = number;
        }
    }

    static final class Derived extends Base implements Serializable {
        private static final long serialVersionUID = 1L;

        Derived(int number) {
            super(number);
        }
    }

    static class Plain {}

    static final class Sound extends Plain implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    static final class Ticket implements Externalizable {
        private final int number;

        Ticket(int number) {
            this.number = number;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(number);
        }

        @Override
        public void readExternal(ObjectInput in) {}
    }

    private static RaddleException refusal(Function<?, ?> function) {
        return catchThrowableOfType(RaddleException.class, () -> ClosureCodec.freeze(function, SITE));
    }

    private static String pathTo(Class<?> culprit, Function<?, ?> function) {
        RaddleException refusal = refusal(function);
        assertThat(refusal.fault()).isInstanceOf(Cause.NotSerializable.class);
        Cause.NotSerializable cause = (Cause.NotSerializable) refusal.fault();
        assertThat(cause.className()).isEqualTo(culprit.getTypeName());
        assertThat(cause.path()).endsWith(", captured by map at WordCount.java:17");
        return cause.path().substring(0, cause.path().indexOf(", captured by"));
    }

    @SuppressWarnings("unchecked")
    private static <T, R> Function<T, R> roundTrip(Function<T, R> function) {
        return ClosureCodec.thaw(
                ClosureCodec.freeze(function, SITE), Function.class, ClosureCodecTest.class.getClassLoader());
    }

    @Test
    void carriesALambdaWithWhatItCaptured() throws Exception {
        int[] numbers = {1, 2};
        String[][] words = {{"a"}, {"b"}};
        Class<?> primitive = long.class;
        Function<Integer, String> function = i -> numbers[i] + words[i][0] + primitive;
        assertThat(roundTrip(function).call(1)).isEqualTo("2blong");
    }

    @Test
    void carriesMethodReferencesProxiesAndTheEnginesOwnWrappers() throws Exception {
        assertThat(roundTrip((Function<String, Integer>) String::length).call("four"))
                .isEqualTo(4);
        Runnable proxy = (Runnable) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, new QuietHandler());
        Function<Integer, Boolean> function = i -> proxy instanceof Runnable;
        assertThat(roundTrip(function).call(1)).isTrue();
        Aggregator<Integer, Integer> sum = Aggregator.reducing(Integer::sum);
        Aggregator<?, ?> thawed = ClosureCodec.thaw(
                ClosureCodec.freeze(sum, SITE), Aggregator.class, ClassLoader.getPlatformClassLoader());
        assertThat(thawed).isInstanceOf(sum.getClass());
    }

    @Test
    void freezesWhatWasCapturedAtTheTimeOfTheCall() throws Exception {
        List<Integer> list = new ArrayList<>(List.of(1));
        byte[] frozen = ClosureCodec.freeze((Function<Integer, Integer>) i -> list.size(), SITE);
        list.add(2);
        @SuppressWarnings("unchecked")
        Function<Integer, Integer> thawed =
                ClosureCodec.thaw(frozen, Function.class, getClass().getClassLoader());
        assertThat(thawed.call(0)).isEqualTo(1);
    }

    @Test
    void namesTheVariableThatALambdaCaptured() {
        long wide = 4;
        double wider = 5;
        Db connection = new Db();
        assertThat(pathTo(Db.class, x -> wide + wider + connection.hashCode())).isEqualTo("connection");
    }

    @Test
    void namesTheFieldOfTheEnclosingObject() {
        Program program = new Program();
        program.pool.second = new Db();
        assertThat(pathTo(Db.class, program.function())).isEqualTo("this.pool.second");
        assertThat(refusal(program.function())).hasMessageContaining("copy the field to a local variable");
    }

    @Test
    void namesThisWhenTheEnclosingClassIsNotSerializable() {
        class Program {
            final int number = 3;

            Function<Integer, Integer> function() {
                return x -> x + number;
            }
        }
        assertThat(pathTo(Program.class, new Program().function())).isEqualTo("this");
        assertThat(refusal(new Program().function()))
                .hasMessage(Program.class.getName() + " cannot be serialized (at this, captured by map at"
                        + " WordCount.java:17). A function that uses a field or method of its object captures all of"
                        + " it: copy the field to a local variable first, or make the classes on the path implement"
                        + " java.io.Serializable.");
    }

    @Test
    void namesTheReceiverOfAMethodReference() {
        class Text {
            String lower(String text) {
                return text;
            }
        }
        Text text = new Text();
        assertThat(pathTo(Text.class, (Function<String, String>) text::lower))
                .startsWith("the receiver of ")
                .endsWith("Text::lower");
    }

    @Test
    @SuppressWarnings("UnnecessaryAnonymousClass")
    void namesWhatAnAnonymousClassCaptured() {
        Db connection = new Db();
        Function<Integer, Integer> function = new Function<>() {
            @Override
            public Integer call(Integer record) {
                return connection.hashCode() + record;
            }
        };
        assertThat(pathTo(ClosureCodecTest.class, function)).isEqualTo("ClosureCodecTest.this");
        assertThat(pathTo(Db.class, anonymous(connection))).isEqualTo("connection");
    }

    private static Function<Integer, Integer> anonymous(Db connection) {
        return new Function<>() {
            @Override
            public Integer call(Integer record) {
                return connection.hashCode() + record;
            }
        };
    }

    @Test
    void namesThreadsAndStreamsInTheFieldsOfWhatWasCaptured() {
        Holder holder = new Holder();
        holder.first = new Thread(() -> {}, "worker");
        assertThat(pathTo(Thread.class, x -> holder.number)).isEqualTo("holder.first");
        Holder outer = new Holder();
        outer.second = new Object[] {"fine", new ByteArrayInputStream(new byte[1])};
        assertThat(pathTo(ByteArrayInputStream.class, x -> outer.number)).isEqualTo("outer.second[1]");
        assertThat(refusal(x -> outer.number))
                .hasMessageContaining("outer.second[1], captured by map at WordCount.java:17")
                .hasMessageEndingWith("Make the value inside the function, once per partition in mapPartitions, or make"
                        + " the field that holds it transient.");
    }

    @Test
    void namesTheWayFromAMethodReferenceIntoItsReceiver() {
        Program program = new Program();
        program.pool.second = new Db();
        assertThat(pathTo(Db.class, (Function<Object, Boolean>) program::equals))
                .startsWith("the receiver of ")
                .endsWith("::equals.pool.second");
        assertThat(refusal((Function<Object, Boolean>) program::equals)).hasMessageContaining(".pool.second");
    }

    @Test
    void namesTheOutermostObjectThatInnerClassesDragAlong() {
        class Outer implements Serializable {
            private static final long serialVersionUID = 1L;

            @SuppressWarnings("serial") // that is the point
            final Db connection = new Db();

            final class Inner implements Serializable {
                private static final long serialVersionUID = 1L;

                Function<Integer, Integer> function() {
                    return x -> x + connection.hashCode();
                }
            }
        }
        assertThat(pathTo(Db.class, new Outer().new Inner().function())).isEqualTo("this.Outer.this.connection");
    }

    @Test
    void findsTheWayThroughArraysAndCollections() {
        Object[] array = {1, "two", new Object[] {null, new Db()}};
        assertThat(pathTo(Db.class, x -> array.length)).isEqualTo("array[2][1]");
        List<Object> list = Arrays.asList(1, new ArrayList<>(List.of(2, new Db())));
        assertThat(pathTo(Db.class, x -> list.size())).isEqualTo("list[1][1]");
        List<Object> wrapped = Collections.unmodifiableList(new ArrayList<>(List.of(new Db())));
        assertThat(pathTo(Db.class, x -> wrapped.size())).isEqualTo("wrapped[0]");
        Db connection = new Db();
        List<Function<Integer, Integer>> lambdas = List.of(x -> x, x -> connection.hashCode());
        assertThat(pathTo(Db.class, x -> lambdas.size())).isEqualTo("lambdas[1].connection");
        List<Object> immutable = List.of("a", "b", new Db(), "c");
        assertThat(pathTo(Db.class, x -> immutable.size())).isEqualTo("immutable[2]");
        Map<Object, Object> map = new HashMap<>(Map.of("fine", 1, "broken", new Db()));
        assertThat(pathTo(Db.class, x -> map.size())).isEqualTo("map[broken]");
        Map<Object, Object> keyed = new LinkedHashMap<>();
        keyed.put(new Db(), 1);
        assertThat(pathTo(Db.class, x -> keyed.size())).isEqualTo("keyed[key a Db]");
    }

    @Test
    void findsTheWayThroughFunctionsInsideFunctions() {
        Db connection = new Db();
        Function2<Integer, Integer, Integer> inner = (a, b) -> connection.hashCode();
        assertThat(pathTo(Db.class, x -> inner)).isEqualTo("inner.connection");
        RaddleException refusal = catchThrowableOfType(
                RaddleException.class, () -> ClosureCodec.freeze(Aggregator.reducing(inner), SITE));
        assertThat(refusal).hasMessageContaining("(at connection, captured by map");
    }

    @Test
    void prefersTheShortestWayAndSurvivesCycles() {
        Holder outer = new Holder();
        Holder inner = new Holder();
        outer.first = inner;
        inner.first = outer;
        inner.second = new Db();
        Holder deep = new Holder();
        deep.first = List.of(List.of(new Object[] {new Db()}));
        outer.second = deep;
        assertThat(pathTo(Db.class, x -> outer.number)).isEqualTo("outer.first.second");
    }

    @Test
    void honoursTransientFieldsWriteObjectAndWriteReplace() throws Exception {
        Holder holder = new Holder();
        SelectiveWriter selective = new SelectiveWriter();
        Replaced replaced = new Replaced();
        Object[] shipped = {holder, selective, replaced};
        Function<Integer, Integer> sound = x -> shipped.length;
        assertThat(ClosureCodec.freeze(sound, SITE)).isNotEmpty();
        Db connection = new Db();
        assertThat(pathTo(Db.class, x -> shipped.length + connection.hashCode()))
                .isEqualTo("connection");
    }

    @Test
    void saysWhyAnObjectThatFailsByItselfDoes() {
        Holder holder = new Holder();
        holder.first = new Failing();
        assertThat(refusal(x -> holder.number))
                .hasMessageContaining(Failing.class.getName())
                .hasMessageContaining("at holder.first, captured by map at WordCount.java:17")
                .hasMessageContaining("the disk is full");
    }

    @Test
    void refusesWhatJavaWouldWriteButNotRead() {
        Derived derived = new Derived(3);
        assertThat(refusal(x -> derived.number))
                .hasMessage(Derived.class.getName() + " cannot be serialized (at derived, captured by map at"
                        + " WordCount.java:17): its superclass " + Base.class.getName() + " is not serializable and has"
                        + " no constructor without arguments. Add that constructor, or make the value inside the"
                        + " function.");
        Ticket ticket = new Ticket(1);
        assertThat(refusal(x -> ticket.hashCode())).hasMessageContaining("no public constructor without arguments");
        Object sound = List.of(new Sound(), Thread.State.NEW, CallSite.here().operation(), new IOException("x"));
        assertThat(ClosureCodec.freeze((Function<Integer, Integer>) x -> sound.hashCode(), SITE))
                .isNotEmpty();
    }

    @Test
    void refusesAChainThatIsTooLong() {
        Object chain = "end";
        for (int i = 0; i < 100_000; i++) {
            chain = new Object[] {chain};
        }
        Object start = chain;
        assertThat(refusal(x -> start.hashCode())).hasMessageContaining("a chain of objects too long");
    }

    @Test
    void refusesHandlesOfTheDriverAlsoWhenSerializable() {
        Handle words = new Handle();
        RaddleException refusal = refusal(x -> words.reason());
        assertThat(refusal.fault()).isInstanceOf(Cause.InvalidInput.class);
        assertThat(refusal)
                .hasMessage("An Rdd cannot be used inside a function. (words, captured by map at WordCount.java:17)"
                        + " Join the two, or collect it first and use the list.");
    }

    @Test
    void saysWhichClassIsMissingWhereTheFunctionShouldRun() {
        byte[] frozen = ClosureCodec.freeze(new Holder(), SITE);
        ClassLoader bare = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};
        byte[] renamed = new String(frozen, StandardCharsets.ISO_8859_1)
                .replace("io.raddle", "xx.raddle")
                .getBytes(StandardCharsets.ISO_8859_1);
        RaddleException missing =
                catchThrowableOfType(RaddleException.class, () -> ClosureCodec.thaw(renamed, Serializable.class, bare));
        assertThat(missing)
                .hasMessageContaining("xx.raddle.closure.ClosureCodecTest$Holder is needed")
                .hasMessageContaining("--jars");
    }

    private static final class QuietHandler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "";
        }
    }
}
