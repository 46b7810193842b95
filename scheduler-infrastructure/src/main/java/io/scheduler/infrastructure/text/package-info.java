/** How values are written as text, wherever they are stored: not for use by programs. */
package io.scheduler.infrastructure.text;
