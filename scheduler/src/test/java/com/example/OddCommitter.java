package com.example;

import java.io.IOException;
import org.apache.hadoop.mapred.FileOutputCommitter;
import org.apache.hadoop.mapred.TaskAttemptContext;

/** A committer of a program whose commit fails half-way, so that nobody knows whether it may be repeated. */
public class OddCommitter extends FileOutputCommitter {
    @Override
    public void commitTask(TaskAttemptContext context) throws IOException {
        throw new IOException("half of it was published");
    }
}
