package io.raddle.schedule;

/** One partition of a storage: of what a program asked to be kept. */
public record Block(int storage, int partition) {
    @Override
    public String toString() {
        return "block " + storage + "/" + partition;
    }
}
