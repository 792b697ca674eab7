package io.raddle.yarn.master;

import io.raddle.endpoint.Supervised;
import io.raddle.proto.ApplicationStatus;
import io.raddle.proto.ExecutorStatus;
import io.raddle.wire.PortRange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the allocating thread sees of the application, and its status page: started a while after the application, so
 * that a short one does not pay for a page that nobody opens.
 */
final class Watching implements Observed {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final long PAGE_AFTER_NANOS = Duration.ofSeconds(2).toNanos();

    private final MasterContainer me;
    private final String name;
    private final PortRange ports;
    private long firstAsked;
    private volatile Optional<Supervised> application = Optional.empty();
    private volatile Supplier<Set<String>> attached = Set::of;
    private Optional<String> url = Optional.empty();

    Watching(MasterContainer me, String name, PortRange ports) {
        this.me = me;
        this.name = name;
        this.ports = ports;
    }

    /** Says what to look at. */
    void observe(Supervised supervised) {
        observe(supervised, () -> attached(supervised.status()));
    }

    /** The same where another than the application itself knows which executors have attached. */
    void observe(Supervised supervised, Supplier<Set<String>> containers) {
        application = Optional.of(supervised);
        attached = containers;
    }

    @Override
    public String trackingUrl() {
        long now = System.nanoTime();
        firstAsked = firstAsked == 0 ? now : firstAsked;
        if (url.isEmpty() && now - firstAsked >= PAGE_AFTER_NANOS) {
            url = Optional.of(startPage());
        }
        return url.orElse("");
    }

    @Override
    public Set<String> attachedContainers() {
        return attached.get();
    }

    private static Set<String> attached(ApplicationStatus status) {
        return status.getExecutorsList().stream()
                .filter(ExecutorStatus::getAttached)
                .map(ExecutorStatus::getContainer)
                .collect(Collectors.toSet());
    }

    private ApplicationStatus status() {
        return application.map(Supervised::status).orElse(ApplicationStatus.getDefaultInstance());
    }

    private String startPage() {
        try {
            StatusServer server = StatusServer.listen(
                    ports, () -> StatusPage.render(name, me.application().toString(), status()));
            return "http://" + me.host() + ":" + server.port();
        } catch (IOException e) {
            LOG.warn("There is no status page", e);
            return "";
        }
    }
}
