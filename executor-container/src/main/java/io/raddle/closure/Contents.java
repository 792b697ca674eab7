package io.raddle.closure;

import java.lang.invoke.SerializedLambda;
import java.util.List;
import java.util.Set;

/**
 * What was written when an object was frozen.
 *
 * @param lambdas the lambdas in it, in the order in which they were met
 * @param classes the classes of all other objects in it
 * @param bytes what it became, with nothing in place of what is late bound
 * @param standsAlone whether nothing in it is late bound or owned, so that the bytes are all that there is to it
 */
public record Contents(List<SerializedLambda> lambdas, Set<Class<?>> classes, byte[] bytes, boolean standsAlone) {}
