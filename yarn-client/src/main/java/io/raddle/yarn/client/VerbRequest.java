package io.raddle.yarn.client;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.jspecify.annotations.Nullable;

/** What a command line asks about applications that are there already, checked without asking a cluster. */
record VerbRequest(Verb verb, Optional<ApplicationId> named, Configuration configuration) {
    /** What can be asked. */
    enum Verb {
        LIST("--list"),
        STATUS("--status"),
        ATTACH("--attach"),
        LOGS("--logs"),
        KILL("--kill");

        private final String option;

        Verb(String option) {
            this.option = option;
        }
    }

    private static final List<String> COMPANIONS = List.of("--conf", "--properties-file", "--master", "--verbose");

    static VerbRequest of(SubmitOptions options, Map<String, String> environment) {
        Verb verb = only(options);
        for (String option : options.given) {
            if (!option.equals(verb.option) && !COMPANIONS.contains(option)) {
                throw invalid(
                        option + " does not go with " + verb.option + ".",
                        "Beside it only " + String.join(", ", COMPANIONS) + " have a meaning.");
            }
        }
        if (!options.words.isEmpty()) {
            throw invalid(
                    verb.option + " does not know what to do with " + options.words.get(0) + ".",
                    "It takes " + (verb == Verb.LIST ? "no further words." : "one application id."));
        }
        Configuration configuration = GivenConfiguration.of(options, environment);
        String master = configuration.get(Keys.MASTER);
        if (!(Master.parse(master) instanceof Master.Yarn)) {
            throw invalid(
                    verb.option + " asks a cluster that runs, and --master " + master + " names none.",
                    "Use --master yarn and set HADOOP_CONF_DIR to the cluster's configuration.");
        }
        return new VerbRequest(verb, Optional.ofNullable(id(verb, options)), configuration);
    }

    /** The application that is spoken of; every verb but LIST has one. */
    ApplicationId application() {
        return named.orElseThrow();
    }

    private static Verb only(SubmitOptions options) {
        List<Verb> verbs = List.of(Verb.values()).stream()
                .filter(verb -> options.given.contains(verb.option))
                .toList();
        if (verbs.size() > 1) {
            throw invalid(
                    verbs.get(0).option + " and " + verbs.get(1).option + " do not go together.",
                    "Ask one after the other.");
        }
        return verbs.get(0);
    }

    private static @Nullable ApplicationId id(Verb verb, SubmitOptions options) {
        @Nullable
        String text = switch (verb) {
            case LIST -> null;
            case STATUS -> options.status;
            case ATTACH -> options.attach;
            case LOGS -> options.logs;
            case KILL -> options.kill;
        };
        try {
            return text == null ? null : ApplicationId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            text + " is no application id.", "It looks like application_1700000000000_0001."),
                    e);
        }
    }

    private static RaddleException invalid(String what, String todo) {
        return new RaddleException(new Cause.InvalidInput(what, todo));
    }
}
