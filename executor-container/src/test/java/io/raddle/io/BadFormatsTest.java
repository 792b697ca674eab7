package io.raddle.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.id.AttemptId;
import io.raddle.id.StageId;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.HadoopSource.Reader;
import io.raddle.proto.HadoopSplit;
import io.raddle.proto.Output;
import io.raddle.proto.Output.Form;
import io.raddle.serde.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.SequenceFileInputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and classes that are not what they should be are named, with what to do. */
class BadFormatsTest {
    private static final SplitSize ANY_SIZE = new SplitSize(1, 1L << 40);

    private final Configuration configuration = new Configuration();
    private final RecordFormat format = new RecordFormat(BadFormatsTest.class.getClassLoader());

    @TempDir
    Path directory;

    @Test
    void namesTheMissingClassOfAnInputFormat() {
        assertThatThrownBy(() -> read(source("no.Such"), split()))
                .hasMessageContaining("The class no.Such is in no jar of the application.");
    }

    @Test
    void namesAnInputFormatThatIsNone() {
        assertThatThrownBy(() -> FormatSplits.old(String.class, new JobConf(), 1))
                .hasMessageContaining("java.lang.String is not an org.apache.hadoop.mapred.InputFormat.");
        assertThatThrownBy(() -> FormatSplits.modern(SequenceFileInputFormat.class, configuration))
                .hasMessageContaining("is not an org.apache.hadoop.mapreduce.InputFormat.");
        assertThatThrownBy(() -> read(source("java.lang.String"), split()))
                .hasMessageContaining("java.lang.String is not an org.apache.hadoop.mapred.InputFormat.");
    }

    @Test
    void namesTheInputOfAFormatThatDoesNotExist() {
        JobConf job = new JobConf();
        job.set(
                "mapreduce.input.fileinputformat.inputdir",
                directory.resolve("nothing").toString());

        assertThatThrownBy(() -> FormatSplits.old(SequenceFileInputFormat.class, job, 1))
                .hasMessageContaining("Input path does not exist: " + directory.resolve("nothing"));
    }

    @Test
    void namesASequenceFileThatIsNoneOrIsCutShort() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no sequence file at all\n");
        HadoopSource source = source(SequenceFileInputFormat.class.getName());

        assertThatThrownBy(() -> read(source, split(text)))
                .hasMessageContaining("file:" + text)
                .hasMessageContaining("not a SequenceFile");
    }

    @Test
    void namesAFileThatIsNotOfWholeRecords() throws IOException {
        Files.write(directory.resolve("rest"), new byte[101]);

        assertThatThrownBy(() -> FileSplits.records(directory.toString(), 10, 1, ANY_SIZE, configuration))
                .hasMessageContaining("rest has 101 bytes, which are not whole records of 10.");
        assertThatThrownBy(() -> FileSplits.records(directory.toString(), 0, 1, ANY_SIZE, configuration))
                .hasMessageContaining("records of 0 bytes");
        Files.delete(directory.resolve("rest"));
        Files.write(directory.resolve("data.gz"), new byte[100]);
        assertThatThrownBy(() -> FileSplits.records(directory.toString(), 10, 1, ANY_SIZE, configuration))
                .hasMessageContaining("data.gz is compressed");
    }

    @Test
    void saysWhatAFileIsThatIsNoObjectFile() throws IOException {
        Files.writeString(directory.resolve("text"), "just some text that is long enough");
        assertThatThrownBy(() -> objects("text")).hasMessageContaining("text is not an object file of Raddle.");

        Files.writeString(directory.resolve("sequence"), "SEQ and what follows in a sequence file");
        assertThatThrownBy(() -> objects("sequence"))
                .hasMessageContaining("is not an object file of Raddle but a sequence file.");

        Files.writeString(directory.resolve("short"), "Rdl");
        assertThatThrownBy(() -> objects("short")).hasMessageContaining("is not an object file of Raddle.");
    }

    @Test
    void namesTheVersionOfAnObjectFileThatIsNewer() throws IOException {
        byte[] header = ObjectFile.header(new byte[ObjectFile.MARK_BYTES]);
        header[9] = 7;
        Files.write(directory.resolve("newer"), header);

        assertThatThrownBy(() -> objects("newer"))
                .hasMessageContaining("newer is an object file of version 7; this Raddle reads version 1.");
    }

    @Test
    void namesThePlaceWhereAnObjectFileIsDamagedOrCutShort() throws IOException {
        byte[] whole = saved();
        assertThat(objects("part")).hasSize(1000);

        Files.write(directory.resolve("cut"), Arrays.copyOf(whole, whole.length - 10));
        assertThatThrownBy(() -> objects("cut"))
                .hasMessageContaining("cut is damaged or cut short: it could not be read on at byte 26 of "
                        + (whole.length - 10) + ": the file ends within a block.");

        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        Files.write(directory.resolve("changed"), changed);
        assertThatThrownBy(() -> objects("changed")).hasMessageContaining("the checksum of a block does not agree");

        byte[] unmarked = whole.clone();
        unmarked[ObjectFile.HEADER_BYTES] ^= 1;
        Files.write(directory.resolve("unmarked"), unmarked);
        assertThatThrownBy(() -> objects("unmarked")).hasMessageContaining("at byte 26 of " + whole.length);

        Files.write(directory.resolve("longer"), Arrays.copyOf(whole, whole.length + 100));
        assertThatThrownBy(() -> objects("longer"))
                .hasMessageContaining(
                        "at byte " + whole.length + " of " + (whole.length + 100) + ": no block begins here");
    }

    /** The bytes of an object file of a thousand numbers, which is left as "part". */
    private byte[] saved() throws IOException {
        Path target = directory.resolve("out");
        OutputJob job = new OutputJob(target.toString(), configuration, new OutputMaker("application", 1));
        job.setUp();
        Output output = Output.newBuilder()
                .setForm(Form.OBJECTS)
                .setPath(target.toString())
                .build();
        try (TaskOutput out = TaskOutput.open(output, new AttemptId(1, new StageId(0), 0, 0), configuration, format)) {
            for (int i = 0; i < 1000; i++) {
                out.write(i);
            }
            out.finish();
            out.commit();
        }
        job.commit();
        byte[] bytes = Files.readAllBytes(target.resolve("part-00000"));
        Files.write(directory.resolve("part"), bytes);
        return bytes;
    }

    private List<Object> objects(String name) throws IOException {
        List<LocatedSplit> splits = FileSplits.objects(directory.resolve(name).toString(), 3, ANY_SIZE, configuration);
        List<Object> all = new ArrayList<>();
        for (LocatedSplit split : splits) {
            all.addAll(read(HadoopSource.newBuilder().setReader(Reader.OBJECTS).build(), split.split()));
        }
        return all;
    }

    private List<Object> read(HadoopSource source, HadoopSplit split) throws IOException {
        List<Object> all = new ArrayList<>();
        try (SplitRecords records = SplitRecords.of(source, split, configuration, format, bytes -> {})) {
            records.forEachRemaining(all::add);
        }
        return all;
    }

    private static HadoopSource source(String format) {
        return HadoopSource.newBuilder()
                .setReader(Reader.OLD_FORMAT)
                .setFormat(format)
                .build();
    }

    private static HadoopSplit split() {
        return HadoopSplit.newBuilder()
                .setSplitClass(FileSplit.class.getName())
                .setSplit(ByteString.EMPTY)
                .build();
    }

    private static HadoopSplit split(Path file) throws IOException {
        return SplitCodec.encode(
                        new FileSplit(
                                new org.apache.hadoop.fs.Path("file:" + file), 0, Files.size(file), (String[]) null),
                        null)
                .split();
    }
}
