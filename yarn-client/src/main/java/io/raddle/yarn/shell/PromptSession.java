package io.raddle.yarn.shell;

import io.raddle.Session;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The session of a prompt and the engine below it. */
record PromptSession(Session session, Engine engine) {
    /** Opens it by {@code provider}, whoever else would open sessions of this master. */
    static PromptSession open(SessionProvider provider, String name, String master, Map<String, String> configuration) {
        CompletableFuture<Engine> engine = new CompletableFuture<>();
        SessionProvider.install(Optional.of(new SessionProvider() {
            @Override
            public boolean serves(String anyMaster) {
                return true;
            }

            @Override
            public Engine open(String sessionName, String anyMaster, Map<String, String> ignored) {
                engine.complete(provider.open(sessionName, master, configuration));
                return engine.join();
            }
        }));
        try {
            Session session = Session.builder().name(name).build();
            return new PromptSession(session, engine.join());
        } finally {
            SessionProvider.install(Optional.empty());
        }
    }
}
