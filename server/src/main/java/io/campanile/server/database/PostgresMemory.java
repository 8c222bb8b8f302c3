package io.campanile.server.database;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/// How much of a machine's memory the embedded database takes. What its own buffers do not hold, it
/// reads anew from the file cache of the system, which costs many times as much.
///
/// @param bytes of the machine, or what a container may use of it
record PostgresMemory(long bytes) {
    private static final int SHARE = 8;
    private static final int LEAST_MEGABYTES = 128;

    /// Enough for queue, open messages and the keys of some millions of people.
    private static final int MOST_MEGABYTES = 1_024;

    static PostgresMemory ofThisMachine() {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new PostgresMemory(machine.getTotalMemorySize());
    }

    private int buffersInMegabytes() {
        return Math.clamp((bytes / SHARE) >> 20, LEAST_MEGABYTES, MOST_MEGABYTES);
    }

    /// As lines of `postgresql.conf`; a laptop runs the JVM and other things beside it.
    @Override
    public String toString() {
        int buffers = buffersInMegabytes();
        return """
        shared_buffers = %dMB
        effective_cache_size = %dMB
        """
                .formatted(buffers, 4 * buffers);
    }
}
