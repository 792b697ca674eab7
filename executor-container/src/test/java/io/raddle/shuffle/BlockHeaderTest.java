package io.raddle.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;
import org.junit.jupiter.api.Test;

final class BlockHeaderTest {
    @Test
    void writesWhatHadoopWrites() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long length = random.nextLong() >>> random.nextInt(64);
            long rawLength = random.nextLong() >> random.nextInt(64);
            BlockHeader header = new BlockHeader("m_" + random.nextInt(), length, rawLength, random.nextInt(500));
            ByteBuf ours = Unpooled.buffer();
            header.write(ours);
            assertThat(ours).isEqualTo(Unpooled.wrappedBuffer(ofHadoop(header)));
            assertThat(BlockHeader.read(ours)).isEqualTo(header);
            assertThat(ours.isReadable()).isFalse();
        }
    }

    private static byte[] ofHadoop(BlockHeader header) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Text.writeString(out, header.mapId());
        WritableUtils.writeVLong(out, header.length());
        WritableUtils.writeVLong(out, header.rawLength());
        WritableUtils.writeVInt(out, header.reduce());
        return bytes.toByteArray();
    }

    @Test
    void waitsForAHeaderThatComesInPieces() throws IOException {
        ByteBuf whole = Unpooled.buffer();
        BlockHeader header = new BlockHeader("m_1", 300, -70_000, 5);
        header.write(whole);
        for (int there = 0; there < whole.readableBytes(); there++) {
            ByteBuf some = whole.slice(0, there);
            assertThat(BlockHeader.read(some)).isNull();
            assertThat(some.readerIndex()).isZero();
        }
    }

    @Test
    void codesSizesWithinTenPercent() {
        Random random = new Random(2);
        assertThat(SizeCode.bytes(SizeCode.of(0))).isZero();
        for (int i = 0; i < 10_000; i++) {
            long bytes = 1 + (random.nextLong() >>> 30 + random.nextInt(34));
            assertThat(SizeCode.bytes(SizeCode.of(bytes))).isBetween(bytes * 9 / 10, bytes + bytes / 9 + 1);
        }
    }
}
