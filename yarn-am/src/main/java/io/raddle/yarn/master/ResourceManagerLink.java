package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateRequest;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.protocolrecords.FinishApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.Token;
import org.apache.hadoop.yarn.exceptions.ApplicationAttemptNotFoundException;
import org.apache.hadoop.yarn.exceptions.ApplicationMasterNotRegisteredException;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.jspecify.annotations.Nullable;

/**
 * This attempt's conversation with the ResourceManager. Hadoop's own retries bridge an absence of it; one that restarted
 * is registered with again. One thread at a time.
 */
final class ResourceManagerLink {
    private static final long UNREGISTER_RETRY_MILLIS = 20;

    private final ApplicationMasterProtocol protocol;
    private final RegisterApplicationMasterRequest registration;
    private int responseId;

    /** For a master that is reachable at this address. */
    ResourceManagerLink(ApplicationMasterProtocol protocol, String host, int port) {
        this.protocol = protocol;
        this.registration = RegisterApplicationMasterRequest.newInstance(host, port, "");
    }

    /** Tells the ResourceManager that the master lives. */
    RegisterApplicationMasterResponse register() throws IOException, YarnException {
        responseId = 0;
        return protocol.registerApplicationMaster(registration);
    }

    /**
     * Asks, reports progress and takes what is new. Empty when the ResourceManager had restarted: it knows this master
     * again but nothing of what was asked.
     *
     * @param trackingUrl where the status page is; empty while there is none
     */
    Optional<AllocateResponse> allocate(Allocation.Ask ask, float progress, String trackingUrl)
            throws IOException, YarnException {
        AllocateRequest request =
                AllocateRequest.newInstance(responseId, progress, ask.requests(), ask.releases(), ask.avoidance());
        if (!trackingUrl.isEmpty()) {
            request.setTrackingUrl(trackingUrl);
        }
        try {
            AllocateResponse response = protocol.allocate(request);
            responseId = response.getResponseId();
            renew(response.getAMRMToken());
            return Optional.of(response);
        } catch (ApplicationMasterNotRegisteredException e) {
            register();
            return Optional.empty();
        } catch (ApplicationAttemptNotFoundException e) {
            throw new RaddleException(
                    new Cause.ClusterRefused(
                            "The ResourceManager ended this attempt of the application.",
                            "Submit again; the ResourceManager's log says why it ended it."),
                    e);
        }
    }

    /** Ends the application at the ResourceManager, which may need several calls to note it down. */
    void finish(FinalApplicationStatus status, String diagnostics)
            throws IOException, YarnException, InterruptedException {
        FinishApplicationMasterRequest request = FinishApplicationMasterRequest.newInstance(status, diagnostics, "");
        while (!unregistered(request)) {
            Thread.sleep(UNREGISTER_RETRY_MILLIS);
        }
    }

    private boolean unregistered(FinishApplicationMasterRequest request) throws IOException, YarnException {
        try {
            return protocol.finishApplicationMaster(request).getIsUnregistered();
        } catch (ApplicationMasterNotRegisteredException e) {
            register();
            return false;
        }
    }

    /**
     * The ResourceManager rolls its master key about once a day and hands out a new token, which replaces the one that
     * serves the same address.
     */
    private static void renew(@Nullable Token issued) throws IOException {
        if (issued == null) {
            return;
        }
        UserGroupInformation user = UserGroupInformation.getCurrentUser();
        for (var known : user.getCredentials().getAllTokens()) {
            if (known.getKind().toString().equals(issued.getKind())) {
                user.addToken(new org.apache.hadoop.security.token.Token<TokenIdentifier>(
                        bytes(issued.getIdentifier()),
                        bytes(issued.getPassword()),
                        known.getKind(),
                        known.getService()));
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
