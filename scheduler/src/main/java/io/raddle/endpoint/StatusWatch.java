package io.raddle.endpoint;

import io.grpc.stub.ServerCallStreamObserver;
import io.raddle.proto.ApplicationStatus;
import java.util.function.Supplier;

/** One watcher of the application: gets a status when it differs from the last one by more than time. */
final class StatusWatch implements Watcher {
    private final Supplier<ApplicationStatus> source;
    private final ServerCallStreamObserver<ApplicationStatus> watcher;
    private ApplicationStatus last = ApplicationStatus.getDefaultInstance();

    StatusWatch(Supplier<ApplicationStatus> source, ServerCallStreamObserver<ApplicationStatus> watcher) {
        this.source = source;
        this.watcher = watcher;
    }

    @Override
    public boolean step(boolean ended) {
        if (watcher.isCancelled()) {
            return false;
        }
        if (!watcher.isReady()) {
            return true;
        }
        ApplicationStatus now = source.get();
        ApplicationStatus timeless = timeless(now);
        if (!timeless.equals(last)) {
            last = timeless;
            watcher.onNext(now);
        }
        if (ended) {
            watcher.onCompleted();
        }
        return !ended;
    }

    private static ApplicationStatus timeless(ApplicationStatus status) {
        ApplicationStatus.Builder builder = status.toBuilder().clearElapsedMillis();
        builder.getStagesBuilderList().forEach(stage -> stage.clearElapsedMillis());
        return builder.build();
    }
}
