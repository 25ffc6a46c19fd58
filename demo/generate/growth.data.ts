// Rounded medians of growth, girls and boys together: months, weight kg, length or height cm, head cm (null after three years).
export const growth: readonly (readonly [months: number, weightKg: number, heightCm: number, headCm: number | null])[] = [
  [0, 3.4, 49.7, 34.2], [1, 4.4, 54.2, 36.9], [2, 5.3, 57.7, 38.7], [4, 6.7, 63, 41.1], [6, 7.6, 66.7, 42.8], [9, 8.6, 71.2, 44.4],
  [12, 9.3, 75, 45.5], [15, 10, 78.3, 46.3], [18, 10.6, 81.5, 46.8], [24, 12, 86.9, 47.8], [30, 13, 91.2, 48.4], [36, 14.1, 95.3, 49],
  [48, 16.2, 102.3, null], [60, 18.3, 109.2, null], [72, 20.6, 115.3, null], [84, 23, 121.6, null], [96, 25.7, 127.6, null],
  [108, 28.8, 133.2, null], [120, 32.4, 138.4, null], [132, 36.5, 143.9, null], [144, 41, 150.4, null], [156, 46, 156.7, null],
  [168, 51, 161.6, null], [180, 55, 165, null], [192, 58.5, 167.2, null], [204, 61, 168.6, null], [216, 63, 169.3, null],
]
