package io.raddle.plan;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Opens engines for sessions: found as a service by the master's name, or installed by a host that drives already. */
public interface SessionProvider {
    /** Whether it opens sessions for this master. */
    boolean serves(String master);

    /** The engine of a new session. */
    Engine open(String name, String master, Map<String, String> configuration);

    /**
     * Makes all sessions of this process those of {@code host}, whatever master they name; an empty host undoes it. A
     * host calls it once, before the program's main. This is the only static state of Raddle.
     */
    static void install(Optional<SessionProvider> host) {
        Installed.host = host;
    }

    /** Who opens sessions for this master. */
    static Optional<SessionProvider> find(String master) {
        return Installed.host.or(
                () -> services().filter(each -> each.serves(master)).findFirst());
    }

    private static Stream<SessionProvider> services() {
        return ServiceLoader.load(SessionProvider.class, SessionProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
    }
}

/** The provider of the process that hosts us. */
final class Installed {
    static volatile Optional<SessionProvider> host = Optional.empty();

    private Installed() {}
}
