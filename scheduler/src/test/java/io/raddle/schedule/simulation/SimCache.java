package io.raddle.schedule.simulation;

import io.raddle.schedule.Block;

/** Records that executors keep once they are computed: what {@code maker}, which never runs as a stage, makes of its inputs. */
record SimCache(int storage, SimStage maker, int copies) {
    Block block(int partition) {
        return new Block(storage, partition);
    }
}
