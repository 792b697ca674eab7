package io.raddle.yarn.master;

import java.io.IOException;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;

/** How the master reaches YARN's daemons. */
interface YarnAccess {
    /** The ResourceManager; waits until a connection can be made. */
    ApplicationMasterProtocol resourceManager() throws IOException;

    /** The NodeManagers, for a master that registered and whose endpoint listens at this port. */
    Launching nodeManagers(RegisterApplicationMasterResponse registration, int endpointPort);

    /** Who knows more about queue and nodes while we wait. */
    WaitingLine.Probing probe(String queue);
}
