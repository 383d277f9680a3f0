"""The numbers of 教毕指〔2017〕99号 and 教试中心函〔2021〕125号, written down here a second time on purpose.

Lengths are photo pixels, rows count from the upper edge. 1 KB is 1024 bytes.
"""

SPECIFICATION = "graduation-480x640"
WIDTH, HEIGHT, DENSITY = 480, 640, 300
BYTES = (20 * 1024, 40 * 1024)
LEAST_QUALITY = 60
BACKGROUND = (100, 197, 255)
CROWN, EYES, FACE_WIDTH = (50, 110), (200, 300), (180, 300)

# The text says 头顶发际 and nothing of piled-up hair: what stands further above the eyes than this many face widths is
# hair, and the head's own crown, there, counts.
TALL_HAIR = 1.05
# That row hangs on the face's width, of which two readings differ by up to 4.6 px.
TALL_HAIR_NOISE = 5

# The text says 居中 without a number: a sixth of the face's least width still looks like the middle.
CENTRE_TOLERANCE = 30
# Issue 4 of this project, not the text: a sample is enlarged no further.
MAX_SCALE = 1.1
