package io.raddle.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Arrays of numbers as bytes, number by number. */
final class NumberArrays {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle DOUBLES = MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);

    private NumberArrays() {}

    static void put(int[] numbers, byte[] into, int offset) {
        for (int i = 0; i < numbers.length; i++) {
            INTS.set(into, offset + i * Integer.BYTES, numbers[i]);
        }
    }

    static void put(long[] numbers, byte[] into, int offset) {
        for (int i = 0; i < numbers.length; i++) {
            LONGS.set(into, offset + i * Long.BYTES, numbers[i]);
        }
    }

    static void put(double[] numbers, byte[] into, int offset) {
        for (int i = 0; i < numbers.length; i++) {
            DOUBLES.set(into, offset + i * Double.BYTES, numbers[i]);
        }
    }

    static int[] ints(byte[] from, int offset, int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (int) INTS.get(from, offset + i * Integer.BYTES);
        }
        return numbers;
    }

    static long[] longs(byte[] from, int offset, int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (long) LONGS.get(from, offset + i * Long.BYTES);
        }
        return numbers;
    }

    static double[] doubles(byte[] from, int offset, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (double) DOUBLES.get(from, offset + i * Double.BYTES);
        }
        return numbers;
    }
}
