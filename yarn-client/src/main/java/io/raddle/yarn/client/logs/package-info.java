/** What the driver of an ended application wrote: from YARN's aggregated logs, or from the node that still has it. */
@NullMarked
package io.raddle.yarn.client.logs;

import org.jspecify.annotations.NullMarked;
