/**
 * Following an application from outside until it ends: by the ResourceManager's reports, and as soon as the application
 * master answers, by its Control service.
 */
@NullMarked
package io.raddle.yarn.client.watch;

import org.jspecify.annotations.NullMarked;
