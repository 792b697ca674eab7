import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.CRC32;

/** All records of the input and no others, by a sum over the checksums of each, and in the order of their keys. */
final class SortedRecords implements Check {
    private static final int KEY_BYTES = 10;
    private static final int RECORD_BYTES = 100;
    private static final int BUFFER_BYTES = 1 << 20;

    private final Input input;
    private Sum inputSum;

    SortedRecords(Input input) {
        this.input = input;
    }

    /** Sum of what was read so far; the order of records does not change it. */
    private static final class Sum {
        private final CRC32 crc = new CRC32();
        private final byte[] last = new byte[KEY_BYTES];
        private long records;
        private long checksums;
        private boolean ordered = true;

        void add(InputStream records) throws IOException {
            try (InputStream in = new BufferedInputStream(records, BUFFER_BYTES)) {
                byte[] record = new byte[RECORD_BYTES];
                for (int count; (count = in.readNBytes(record, 0, RECORD_BYTES)) > 0; ) {
                    add(record, count);
                }
            }
        }

        private void add(byte[] record, int count) {
            crc.reset();
            crc.update(record, 0, count);
            checksums += crc.getValue();
            records++;
            ordered &= Arrays.compare(last, 0, KEY_BYTES, record, 0, KEY_BYTES) <= 0;
            System.arraycopy(record, 0, last, 0, KEY_BYTES);
        }
    }

    @Override
    public void check(String engine, Hdfs hdfs, String output, Sample sample, int pass) throws IOException {
        if (inputSum == null) {
            inputSum = new Sum();
            inputSum.add(Files.newInputStream(input.file()));
        }
        Sum sum = new Sum();
        for (String part : hdfs.parts(output)) {
            sum.add(hdfs.open(part));
        }
        if (sum.records != inputSum.records || sum.checksums != inputSum.checksums) {
            throw new BenchException(engine + " wrote other records to " + output + " than its input has.");
        }
        if (!sum.ordered) {
            throw new BenchException(engine + " left the records in " + output + " out of order.");
        }
    }
}
