package io.raddle.relay;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.raddle.endpoint.ContentStore;
import io.raddle.endpoint.PushedResults;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.proto.Chunk;
import io.raddle.proto.ContentWanted;
import io.raddle.proto.DriverDown;
import io.raddle.proto.DriverEndpointGrpc;
import io.raddle.proto.DriverHello;
import io.raddle.proto.DriverUp;
import io.raddle.proto.ResultRequest;
import io.raddle.proto.SupplyAnswer;
import io.raddle.proto.SupplyChunk;
import io.raddle.wire.GuardedChannel;
import io.raddle.wire.Protocol;
import io.raddle.wire.Secret;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both connections to one master while it can be spoken to: control, whose messages arrive one at a time, and bulk. */
final class LineConnection implements StreamObserver<DriverDown> {
    private static final Logger LOG = LoggerFactory.getLogger(LineConnection.class);

    private final DriverLine line;
    private final MasterFinder.Address address;
    private final ContentStore contents;
    private final RelayedExecutors executors;
    private final RelayedCluster cluster;
    private final GuardedChannel control;
    private final GuardedChannel bulk;
    private final CompletableFuture<Optional<Status>> answer = new CompletableFuture<>();
    private final StreamObserver<DriverUp> master;
    private boolean over;

    LineConnection(
            DriverLine line,
            MasterFinder.Address address,
            Secret secret,
            ContentStore contents,
            RelayedExecutors executors,
            RelayedCluster cluster) {
        this.line = line;
        this.address = address;
        this.contents = contents;
        this.executors = executors;
        this.cluster = cluster;
        this.control = GuardedChannel.open(address.host(), address.port(), secret);
        this.bulk = GuardedChannel.open(address.host(), address.port(), secret);
        this.master = DriverEndpointGrpc.newStub(control.channel()).attach(this);
    }

    MasterFinder.Address address() {
        return address;
    }

    /** Says hello; empty when the master took us in, else why not. */
    Optional<Status> attach(ByteString token, long millis) throws InterruptedException {
        send(DriverUp.newBuilder()
                .setHello(DriverHello.newBuilder()
                        .setProtocolVersion(Protocol.VERSION)
                        .setEngineVersion(version())
                        .setSessionToken(token)));
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of(Status.UNAVAILABLE.withDescription("It did not answer."));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the answer is never completed exceptionally", e);
        }
    }

    private static String version() {
        return Optional.ofNullable(LineConnection.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    synchronized boolean isAlive() {
        return !over;
    }

    /** Sends, or drops when the stream is over. */
    synchronized void send(DriverUp.Builder message) {
        if (!over) {
            master.onNext(message.build());
        }
    }

    /** Copies the result that an attempt pushed to the master, which keeps it. */
    void copyResult(AttemptId attempt, PushedResults.Incoming here) throws IOException {
        ResultRequest request = ResultRequest.newBuilder()
                .setAttempt(AttemptIdCodec.encode(attempt))
                .build();
        Iterator<Chunk> chunks =
                DriverEndpointGrpc.newBlockingStub(bulk.channel()).takeResult(request);
        while (chunks.hasNext()) {
            here.write(chunks.next().getData());
        }
    }

    /** Ends both connections. */
    void close() {
        lose("this end closed it");
        control.abandon();
        bulk.abandon();
    }

    void lose(String why) {
        synchronized (this) {
            over = true;
        }
        answer.complete(Optional.of(Status.UNAVAILABLE.withDescription(why)));
        line.lost(this, why);
    }

    @Override
    public void onNext(DriverDown message) {
        switch (message.getKindCase()) {
            case WELCOME -> {
                line.welcomed(this);
                cluster.welcomed(message.getWelcome());
                answer.complete(Optional.empty());
            }
            case ATTACHED -> executors.attached(message.getAttached());
            case FRAME -> executors.received(message.getFrame());
            case DETACHED -> executors.detached(message.getDetached());
            case GRANTED -> cluster.granted(message.getGranted());
            case CONTAINER_ENDED -> cluster.ended(message.getContainerEnded());
            case REFUSED -> cluster.refused(message.getRefused());
            case DEPARTURE -> cluster.departing(message.getDeparture());
            case WANTED -> supply(message.getWanted());
            case WAITING -> cluster.waits(message.getWaiting().getSentencesList());
            case CANCEL -> line.cancelled(message.getCancel().getBy());
            case ENDED -> {
                line.gone();
                synchronized (this) {
                    master.onCompleted();
                }
            }
            case KIND_NOT_SET -> LOG.warn("The application master said something that this driver does not know");
        }
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        answer.complete(Optional.of(status));
        lose(status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription()));
    }

    @Override
    public void onCompleted() {
        lose("the application master ended it");
    }

    private void supply(ContentWanted wanted) {
        Sha256 identity = Sha256.ofDigest(wanted.getSha256());
        try {
            Optional<InputStream> content = contents.open(identity, 0);
            if (content.isPresent()) {
                DriverEndpointGrpc.newStub(bulk.channel())
                        .supply(new Upload(identity, content.get(), failure -> notTaken(identity, failure)));
            } else {
                sayMissing(identity);
            }
        } catch (IOException e) {
            LOG.warn("The artifact {} cannot be read", identity, e);
            sayMissing(identity);
        }
    }

    /** A connection that broke asks for it again once it is back; what the master did not want will not do then either. */
    private void notTaken(Sha256 identity, Throwable failure) {
        Status.Code code = Status.fromThrowable(failure).getCode();
        if (code == Status.Code.UNAVAILABLE) {
            lose("an artifact was cut off: " + code);
        } else if (isAlive()) {
            LOG.warn("The application master did not take the artifact {}", identity, failure);
            sayMissing(identity);
        }
    }

    private void sayMissing(Sha256 identity) {
        StreamObserver<SupplyChunk> missing = DriverEndpointGrpc.newStub(bulk.channel())
                .supply(new StreamObserver<SupplyAnswer>() {
                    @Override
                    public void onNext(SupplyAnswer taken) {}

                    @Override
                    public void onError(Throwable failure) {
                        LOG.debug("The application master does not hear that an artifact is missing", failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        try {
            missing.onNext(SupplyChunk.newBuilder()
                    .setSha256(identity.bytes())
                    .setMissing(true)
                    .build());
        } catch (StatusRuntimeException | IllegalStateException e) {
            LOG.debug("The stream was closed already", e);
        }
    }
}
