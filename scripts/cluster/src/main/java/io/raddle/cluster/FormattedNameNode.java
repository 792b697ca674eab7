package io.raddle.cluster;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;

/** The NameNode, with an empty file system made first where there is none yet. Public for daemons with classes of their own. */
public final class FormattedNameNode {
    private FormattedNameNode() {}

    public static void main(String[] arguments) throws Exception {
        format();
        NameNode.main(arguments);
    }

    private static void format() throws IOException {
        Layout layout = new Layout(Path.of(System.getProperty(DaemonMain.DIRECTORY)));
        if (!layout.isFormatted()) {
            // Formatting and running both register the same metrics sources.
            DefaultMetricsSystem.setMiniClusterMode(true);
            NameNode.format(new HdfsConfiguration());
        }
    }
}
