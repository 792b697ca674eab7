package io.raddle.yarn.shell;

import io.raddle.closure.CallSite;
import io.raddle.closure.ClosureCodec;
import io.raddle.closure.Contents;
import io.raddle.closure.LateBound;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.snippet.FrozenVariables;
import io.raddle.snippet.Variables;
import io.raddle.yarn.shell.SnippetCode.Method;
import java.lang.invoke.SerializedLambda;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a prompt as lambdas carry them in the driver. When a function is frozen, the values of those that its
 * code may read take the place of this. Thread-safe.
 */
final class PromptVariables implements Variables, LateBound {
    private final SnippetGraph graph;
    private final Values values;
    private final SentValues sent;

    /** The values of variables as they are now. */
    interface Values {
        @Nullable
        Object of(Variable variable);
    }

    PromptVariables(SnippetGraph graph, Values values, SentValues sent) {
        this.graph = graph;
        this.values = values;
        this.sent = sent;
    }

    @Override
    public Optional<Object> bind(Contents contents, CallSite site, Consumer<Object> owners) {
        Binding binding = new Binding(site);
        binding.add(contents);
        while (binding.grows()) {
            binding.check();
        }
        return binding.bound.isEmpty() ? Optional.empty() : Optional.of(new FrozenVariables(binding.bound));
    }

    /** Binds all that one function may read, what functions in the values read included. */
    private final class Binding {
        private final CallSite site;
        private final Set<Method> methods = new LinkedHashSet<>();
        private final Set<String> types = new LinkedHashSet<>();
        private final Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        private final Set<Variable> sure = new LinkedHashSet<>();
        private int size = -1;

        Binding(CallSite site) {
            this.site = site;
        }

        boolean grows() {
            int before = size;
            size = methods.size() + types.size();
            return size != before;
        }

        void add(Contents contents) {
            contents.lambdas().stream()
                    .filter(lambda -> SnippetNames.isSnippet(lambda.getImplClass()))
                    .map(Binding::body)
                    .forEach(methods::add);
            contents.classes().stream()
                    .map(each -> each.getName().replace('.', '/'))
                    .filter(SnippetNames::isSnippet)
                    .forEach(types::add);
        }

        private static Method body(SerializedLambda lambda) {
            return new Method(lambda.getImplClass(), lambda.getImplMethodName(), lambda.getImplMethodSignature());
        }

        void check() {
            SnippetGraph.Reach reach = graph.from(methods, types);
            reach.unfinished().stream().findFirst().ifPresent(this::refuseUnfinished);
            reach.writes().entrySet().stream()
                    .findFirst()
                    .ifPresent(write -> refuseWrite(write.getKey(), write.getValue()));
            reach.initializers().entrySet().stream()
                    .findFirst()
                    .ifPresent(type -> refuseInitializer(type.getKey(), type.getValue()));
            reach.reads().forEach(this::bind);
            reach.perhaps().forEach(this::bindLeniently);
        }

        private void bind(Variable variable, Method reader) {
            if (!sure.add(variable)) {
                return;
            }
            Object value = values.of(variable);
            Contents contents =
                    ClosureCodec.survey(value, variable.name(), ", a variable that " + name(reader) + " reads");
            put(variable, value, contents);
        }

        /** A method that nobody may call must not keep a function from travelling. */
        private void bindLeniently(Variable variable) {
            if (bound.containsKey(variable.key())) {
                return;
            }
            try {
                Object value = values.of(variable);
                put(variable, value, ClosureCodec.survey(value, variable.name(), ", a variable of the prompt"));
            } catch (RaddleException e) {
                bound.put(
                        variable.key(),
                        FrozenVariables.refused(e.fault().happened(), e.fault().remedy()));
            }
        }

        private void put(Variable variable, @Nullable Object value, Contents contents) {
            bound.put(variable.key(), sent.sent(variable, value, contents, site));
            add(contents);
        }

        private String name(Method method) {
            if (method.name().startsWith("scoped$") || method.name().startsWith("lambda$")) {
                return "the function of " + site;
            }
            String owner = SnippetNames.isWrapper(method.owner()) ? "" : SnippetNames.simple(method.owner()) + ".";
            return (method.name().equals("<init>") ? "the constructor of " + owner : owner + method.name())
                    + ", called by the function of " + site + ",";
        }

        private void refuseUnfinished(Method method) {
            throw new RaddleException(new Cause.InvalidInput(
                    name(method) + " uses something that is not defined yet.", "Define it, then call this again."));
        }

        private void refuseWrite(Variable variable, Method writer) {
            throw new RaddleException(new Cause.InvalidInput(
                    name(writer) + " changes the variable " + variable.name()
                            + ", which nobody would see: executors have a copy of it.",
                    "Return the value from the function, or add it to an accumulator."));
        }

        private void refuseInitializer(String type, Variable variable) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The class " + SnippetNames.simple(type) + ", which the function of " + site
                            + " uses, reads the variable " + variable.name()
                            + " when it is initialized; an executor initializes it once, for whatever function comes first.",
                    "Read the variable in a method or a constructor of the class, or in the function."));
        }
    }
}
