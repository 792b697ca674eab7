package io.raddle.yarn.client.stage;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;

/**
 * Whether YARN may share a file between users. A NodeManager fails the container when a file is declared public and is
 * not readable for all, or one directory above it is not traversable for all; so the same walk is made here.
 */
final class Visibility {
    private Visibility() {}

    static boolean isPublic(FileSystem files, Path file) throws IOException {
        if (!allows(files.getFileStatus(file), FsAction.READ)) {
            return false;
        }
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            if (!allows(files.getFileStatus(above), FsAction.EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allows(FileStatus status, FsAction action) {
        return status.getPermission().getOtherAction().implies(action);
    }
}
