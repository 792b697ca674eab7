package io.raddle.block;

/** One partition of one storage. */
public record BlockId(int storage, int partition) {
    @Override
    public String toString() {
        return "block " + storage + "/" + partition;
    }
}
