package io.raddle.driver;

import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.cluster.Container;
import io.raddle.endpoint.Attachment;
import io.raddle.endpoint.Link;
import io.raddle.endpoint.LinkEvents;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.AttemptId;
import io.raddle.id.AttemptIdCodec;
import io.raddle.id.ExecutorId;
import io.raddle.id.ShuffleId;
import io.raddle.proto.BlockStatus;
import io.raddle.proto.ExecutorFrame;
import io.raddle.proto.ExecutorMessage;
import io.raddle.proto.Hello;
import io.raddle.proto.Leaving;
import io.raddle.proto.Snapshot;
import io.raddle.proto.TaskReport;
import io.raddle.proto.TaskResult;
import io.raddle.proto.Welcome;
import io.raddle.schedule.Block;
import io.raddle.schedule.Event;
import io.raddle.schedule.Event.OutputLife;
import io.raddle.wire.Inbox;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what executors say: reads messages on the thread that brings them, acts on them on the driver's. Grants each
 * executor as many further frames as were acted on.
 */
final class ExecutorDesk implements LinkEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorDesk.class);

    private final DriverLoop loop;
    private final Link link;
    private final Roster roster;
    private final Payloads payloads;
    private final Welcome welcome;
    /** Results on their way here, and who pushed them. */
    private final Map<AttemptId, ExecutorId> bringing = new LinkedHashMap<>();

    ExecutorDesk(DriverLoop loop, Link link, Roster roster, Payloads payloads, Welcome welcome) {
        this.loop = loop;
        this.link = link;
        this.roster = roster;
        this.payloads = payloads;
        this.welcome = welcome;
    }

    @Override
    public void attached(Attachment attachment, Hello hello) {
        loop.post(() -> {
            roster.of(attachment.executor()).attached(attachment, hello, System.nanoTime());
            link.grant(attachment.executor(), link.framesAhead());
        });
    }

    @Override
    public void received(Attachment attachment, ExecutorFrame frame) {
        try {
            ExecutorMessage message = ExecutorMessage.parseFrom(frame.getPayload());
            loop.post(() -> take(attachment, frame, message));
        } catch (InvalidProtocolBufferException e) {
            link.disconnect(attachment.executor(), "A message could not be read: " + e.getMessage());
        }
    }

    @Override
    public void detached(Attachment attachment) {
        loop.post(() -> roster.find(attachment.executor())
                .filter(executor -> executor.isAttachedBy(attachment))
                .ifPresent(Conversation::detached));
    }

    @Override
    public void carrierLost() {
        loop.post(roster::carrierLost);
    }

    @Override
    public void carrierBack() {
        loop.post(() -> roster.carrierBack(System.nanoTime()));
    }

    private void take(Attachment attachment, ExecutorFrame frame, ExecutorMessage message) {
        Conversation executor = roster.of(attachment.executor());
        if (!executor.isAttachedBy(attachment)) {
            return;
        }
        Inbox.Arrival arrival = executor.heard(frame, System.nanoTime());
        if (arrival == Inbox.Arrival.GAP) {
            link.disconnect(executor.executor(), "A message before " + frame.getSequence() + " is missing.");
            return;
        }
        if (arrival == Inbox.Arrival.NEW) {
            act(executor, message);
        }
        link.grant(executor.executor(), 1);
    }

    private void act(Conversation executor, ExecutorMessage message) {
        switch (message.getKindCase()) {
            case SNAPSHOT -> greeted(executor, message.getSnapshot());
            case REPORTS -> message.getReports().getReportsList().forEach(report -> ended(executor, report));
            case COMMIT_REQUEST ->
                loop.tell(new Event.CommitAsked(
                        executor.executor(),
                        AttemptIdCodec.decode(message.getCommitRequest().getAttempt())));
            case HEARTBEAT -> executor.beat(message.getHeartbeat().getResidentBytes());
            case BLOCKS -> changed(executor, message.getBlocks().getBlocksList());
            case LEAVING -> left(executor, message.getLeaving());
            case KIND_NOT_SET ->
                link.disconnect(
                        executor.executor(),
                        "It said something that this driver does not know: both must come from one engine archive.");
        }
    }

    private void greeted(Conversation executor, Snapshot snapshot) {
        Hello hello = executor.hello();
        loop.tell(new Event.ExecutorAttached(
                executor.executor(),
                executor.incarnation(),
                executor.node(),
                executor.container().map(Container::rack).orElse(hello.getRack()),
                hello.getSlots(),
                hello.getServicePort() == 0 ? OutputLife.WITH_EXECUTOR : OutputLife.WITH_NODE,
                new Event.Snapshot(
                        ids(snapshot.getAttemptsList()),
                        Stream.concat(
                                        ids(snapshot.getUnacknowledgedList()).stream(),
                                        bringing(executor.executor()).stream())
                                .toList(),
                        snapshot.getMapOutputsList().stream()
                                .map(output ->
                                        new Event.HeldOutput(new ShuffleId(output.getShuffle()), output.getMap()))
                                .toList(),
                        blocks(snapshot.getBlocksList(), true))));
        executor.welcome(welcome);
        roster.catchUp(executor);
    }

    private void changed(Conversation executor, List<BlockStatus> statuses) {
        // The last word on a block counts.
        Map<Block, BlockStatus> last = new LinkedHashMap<>();
        statuses.forEach(status -> last.put(new Block(status.getStorage(), status.getPartition()), status));
        loop.tell(new Event.BlocksChanged(
                executor.executor(),
                executor.incarnation(),
                blocks(last.values(), true),
                blocks(last.values(), false)));
    }

    private static List<Block> blocks(Collection<BlockStatus> statuses, boolean held) {
        return statuses.stream()
                .filter(status -> status.getHeld() == held)
                .map(status -> new Block(status.getStorage(), status.getPartition()))
                .toList();
    }

    private void ended(Conversation executor, TaskReport report) {
        AttemptId attempt = AttemptIdCodec.decode(report.getAttempt());
        if (report.getResult().hasPushedBytes()) {
            bringing.put(attempt, executor.executor());
            link.bringResult(attempt, failure -> loop.post(() -> brought(executor, report, failure)));
            return;
        }
        Event.Outcome outcome;
        if (report.hasResult()) {
            payloads.put(attempt, located(executor, report.getResult()));
            outcome = new Event.Outcome.Succeeded();
        } else if (report.hasRecalled()) {
            outcome = new Event.Outcome.Recalled();
        } else {
            outcome = new Event.Outcome.Failed(CauseCodec.decode(report.getCause()));
        }
        loop.tell(new Event.TaskEnded(
                executor.executor(), attempt, report.getMetrics().getRunNanos(), outcome));
    }

    /** A result counts only when nobody's end can lose it any more. */
    private void brought(Conversation executor, TaskReport report, Optional<Cause> failure) {
        AttemptId attempt = AttemptIdCodec.decode(report.getAttempt());
        bringing.remove(attempt);
        if (failure.isEmpty()) {
            payloads.put(attempt, report.getResult());
        }
        loop.tell(new Event.TaskEnded(
                executor.executor(),
                attempt,
                report.getMetrics().getRunNanos(),
                failure.<Event.Outcome>map(Event.Outcome.Failed::new).orElseGet(Event.Outcome.Succeeded::new)));
    }

    /** What an executor has told the end of, though the core does not know it yet. */
    private List<AttemptId> bringing(ExecutorId executor) {
        return bringing.entrySet().stream()
                .filter(each -> each.getValue().equals(executor))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void left(Conversation executor, Leaving leaving) {
        Cause cause = leaving.hasCause() ? CauseCodec.decode(leaving.getCause()) : new Cause.Cancelled("the driver");
        LOG.info("{} leaves: {}", executor.executor(), cause.happened());
        loop.tell(new Event.ExecutorLost(executor.executor(), executor.incarnation(), cause));
    }

    /** A map output with where it can be read. */
    private static TaskResult located(Conversation executor, TaskResult result) {
        if (!result.hasMapOutput()) {
            return result;
        }
        TaskResult.Builder located = result.toBuilder();
        located.getMapOutputBuilder()
                .setHost(executor.node().host())
                .setNodePort(executor.node().port())
                .setShufflePort(executor.hello().getShufflePort());
        return located.build();
    }

    private static List<AttemptId> ids(List<io.raddle.proto.AttemptId> messages) {
        return messages.stream().map(AttemptIdCodec::decode).toList();
    }
}
